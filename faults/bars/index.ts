import type { Bar } from '../harness/bar.ts';
import { cutConnections, halfOpenListener, restartedPostgres } from './database.ts';
import { absentStore, missingSource, slowStore } from './storage.ts';
import {
  allWorkersKilled,
  crashedWorker,
  frozenWorker,
  killedWorkers,
  stoppedWorker,
} from './workers.ts';

export const BARS: Bar[] = [
  killedWorkers,
  allWorkersKilled,
  frozenWorker,
  crashedWorker,
  stoppedWorker,
  restartedPostgres,
  cutConnections,
  halfOpenListener,
  absentStore,
  slowStore,
  missingSource,
];
