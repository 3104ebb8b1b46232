import { expect, test } from 'vitest';
import { ARCHIVED_FORMATS } from '#server/documents/formats.ts';
import { writeOutput } from './testing/write.ts';

test.each([...ARCHIVED_FORMATS.filter((format) => format !== 'pdf')] as const)(
  'a page that failed says so in %s, with its code',
  async (format) => {
    expect(await writeOutput(format)).toContain(
      'PAGE_TIMEOUT'.replace('_', format === 'md' ? '\\_' : '_'),
    );
  },
);
