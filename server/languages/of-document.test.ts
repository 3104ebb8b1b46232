import { expect, test } from 'vitest';
import { documentOptionsSchema } from '../documents/schemas.ts';
import { languagesOf } from './of-document.ts';

const optionsWith = (...languages: string[]) => documentOptionsSchema.parse({ languages });

test('a document is in the languages that were named, or that were found', () => {
  const foundLanguages = ['deu', 'fra'];
  expect(languagesOf({ options: optionsWith('eng'), foundLanguages })).toEqual(['eng']);
  expect(languagesOf({ options: optionsWith('auto'), foundLanguages })).toEqual(['deu', 'fra']);
});

test('languages are named or found, not both', () => {
  expect(documentOptionsSchema.safeParse({ languages: ['auto', 'eng'] }).success).toBe(false);
});
