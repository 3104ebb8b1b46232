import { expect, test } from 'vitest';
import { termsOf, USUAL_TERMS } from './terms.ts';

const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone;

test('the usual terms ask for nothing', () => {
  expect(termsOf(USUAL_TERMS)).toEqual({});
  expect(termsOf({ ...USUAL_TERMS, start: 'later' })).toEqual({});
});

test('a time of this place is sent as a moment', () => {
  const startAfter = '2026-11-24T22:00';
  expect(termsOf({ ...USUAL_TERMS, start: 'later', startAfter })).toEqual({
    schedule: { startAfter: new Date(2026, 10, 24, 22).toISOString() },
  });
});

test('hours of the day go with their time zone', () => {
  expect(termsOf({ ...USUAL_TERMS, start: 'hours' })).toEqual({
    schedule: { window: { from: '22:00', to: '06:00', timeZone } },
  });
});

test('all of a document is kept for the days that were given', () => {
  expect(termsOf({ ...USUAL_TERMS, keepDays: '0' }).retention).toEqual({
    source: 0,
    pages: 0,
    outputs: 0,
  });
});
