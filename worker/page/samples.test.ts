import { expect, test } from 'vitest';
import { takeSamples, tripleSamples } from './samples.ts';

const LEVELS = Uint8Array.from({ length: 1_027 }, (_, at) => (at * 37) % 256);

test('gives each sample three times, and takes one of each three', () => {
  const triples = tripleSamples(LEVELS);
  expect(triples).toEqual(Uint8Array.from([...LEVELS].flatMap((level) => [level, level, level])));
  expect(takeSamples(triples, LEVELS.length)).toEqual(LEVELS);
});

test('takes samples from wherever they lie in memory', () => {
  const [shifted, triples] = [LEVELS.subarray(3), tripleSamples(LEVELS).subarray(9)];
  expect(takeSamples(tripleSamples(shifted), shifted.length)).toEqual(shifted);
  expect(takeSamples(triples, shifted.length)).toEqual(shifted);
});
