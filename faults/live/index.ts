import type { Bar } from '../harness/bar.ts';
import { lostAccess } from './access.ts';
import { deafListener } from './deaf.ts';
import { manyWatchers } from './many.ts';
import { longNames } from './names.ts';
import { quietStream } from './proxied.ts';
import { missedEvents } from './resume.ts';
import { slowReader } from './slow.ts';
import { notifyStorm } from './storm.ts';

export const LIVE_BARS: Bar[] = [
  manyWatchers,
  missedEvents,
  notifyStorm,
  longNames,
  deafListener,
  slowReader,
  lostAccess,
  quietStream,
];
