import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ERROR_CODES, ERRORS, FanfoldError, toFanfoldError } from './errors.ts';

test('every code has its entry in docs/errors.md, with its persistence, and no entry is left over', () => {
  const text = readFileSync(new URL('../docs/errors.md', import.meta.url), 'utf8');
  const entries = text.split(/^### /m).slice(1);
  expect(entries.map((entry) => entry.split('\n')[0]).toSorted()).toEqual(ERROR_CODES.toSorted());
  for (const entry of entries) {
    const code = entry.split('\n')[0] as keyof typeof ERRORS;
    expect(entry.toLowerCase()).toContain(`${ERRORS[code].persistence}.`);
  }
});

test('an unknown error keeps its text out of the sentence and itself as the cause', () => {
  const cause = new Error('relation "secrets" does not exist');
  const error = toFanfoldError(cause);
  expect(error.code).toBe('INTERNAL');
  expect(error.sentence).not.toContain('secrets');
  expect(error.cause).toBe(cause);
});

test('an error of the list stays what it is', () => {
  const error = new FanfoldError('CORRUPT_FILE');
  expect(toFanfoldError(error, 'INTERNAL')).toBe(error);
  expect(error.permanent).toBe(true);
});
