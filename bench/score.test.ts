import { expect, test } from 'vitest';
import { addScores, normalizeText, ratesOf, score } from './score.ts';

test('a page read without a mistake has no errors, however its lines break', () => {
  const rates = ratesOf(score('In the beginning\nGod created', 'In the  beginning God\ncreated\n'));
  expect(rates).toEqual({ cer: 0, wer: 0, f1: 100, recall: 100 });
});

test('quotes, dashes and ligatures count as their plain forms', () => {
  expect(normalizeText('“ﬁne” — it’s… co\u00adop «yes»')).toBe('"fine" - it\'s... coop "yes"');
});

test('counts characters and words that were changed, left out and added', () => {
  const found = score('the quick brown fox', 'the quiek fox jumps');
  expect(found).toMatchObject({ characters: 19, words: 4, wordErrors: 3, commonWords: 2 });
  expect(ratesOf(found).f1).toBe(50);
});

test('words in another order cost WER and not F1', () => {
  const rates = ratesOf(score('left column right column', 'right column left column'));
  expect(rates.f1).toBe(100);
  expect(rates.wer).toBe(50);
});

test('a word counts as often as the truth has it', () => {
  expect(score('a b', 'a a a b').commonWords).toBe(2);
});

test('an empty page that was read as empty is right, and text on it is wrong', () => {
  expect(ratesOf(score('', ''))).toEqual({ cer: 0, wer: 0, f1: 100, recall: 100 });
  expect(ratesOf(score('', 'ghost')).f1).toBe(0);
});

test('pages add up by their sizes', () => {
  const both = addScores([score('aaaa', 'aaaa'), score('bb', 'cc')]);
  expect(ratesOf(both).cer).toBeCloseTo(33.33, 1);
});
