import type { Translation } from '../translation.ts';
import { common } from './common.ts';
import { documents } from './documents.ts';
import { formats } from './formats.ts';
import { operations } from './operations.ts';
import { page } from './page.ts';
import { review } from './review.ts';
import { search } from './search.ts';
import { shell } from './shell.ts';
import { upload } from './upload.ts';
import { viewer } from './viewer.ts';

export const es: Translation = {
  common,
  documents,
  formats,
  operations,
  page,
  review,
  search,
  shell,
  upload,
  viewer,
};
