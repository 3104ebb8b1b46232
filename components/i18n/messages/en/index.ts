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

/** Everything that the interface says, in ICU MessageFormat. */
export const en = {
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
} as const;
