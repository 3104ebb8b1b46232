import { expect, test } from 'vitest';
import { parseQuery, replaceWords } from './query.ts';

test('leaves words, phrases, exclusions and alternatives to Postgres', () => {
  const query = 'rent "due date" -draft or Überweisung';
  expect(parseQuery(query)).toEqual({
    text: query,
    prefixes: [],
    words: ['rent', 'überweisung'],
  });
});

test('takes beginnings of words out, whatever stands around them', () => {
  expect(parseQuery('inv* rent "open *"')).toMatchObject({
    text: 'rent "open *"',
    prefixes: ['inv'],
  });
  expect(parseQuery(`'); drop:* *`)).toMatchObject({ prefixes: ['drop'] });
});

test('replaces words only where they are searched for as such', () => {
  const replaced = replaceWords(
    'Invocie "invocie total" -invocie',
    new Map([['invocie', 'invoice']]),
  );
  expect(replaced).toBe('invoice "invocie total" -invocie');
});
