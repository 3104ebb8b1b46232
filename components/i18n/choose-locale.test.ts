import { expect, test } from 'vitest';
import { chooseLocale } from './choose-locale.ts';

test.each([
  [null, 'en', 'en'],
  ['*', 'en', 'en'],
  ['fr-FR,fr;q=0.9', 'en', 'en'],
  ['es-MX,es;q=0.9,en;q=0.8', 'es', 'es-MX'],
  ['fr,es;q=0.5,en;q=0.3', 'es', 'es'],
  ['en-GB,es;q=0.9', 'en', 'en-GB'],
  ['en-not_a_tag', 'en', 'en'],
])('a browser that asks for %s reads %s, written as in %s', (accepted, language, tag) => {
  expect(chooseLocale(undefined, accepted)).toEqual({ language, tag });
});

test('what was chosen goes before what the browser asks for, in its region where that is one of it', () => {
  expect(chooseLocale('es', 'en-US,en')).toEqual({ language: 'es', tag: 'es' });
  expect(chooseLocale('es', 'en-US,es-AR;q=0.2')).toEqual({ language: 'es', tag: 'es-AR' });
  expect(chooseLocale('klingon', 'en-US')).toEqual({ language: 'en', tag: 'en-US' });
});
