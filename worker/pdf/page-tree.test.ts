import { expect, test } from 'vitest';
import { countsTooFew, type PdfDictionary } from './page-tree.ts';

const resolve = async (value: unknown) => value;
const dictionary = (entries: Record<string, unknown>): PdfDictionary => ({
  getRaw: (key) => entries[key],
});
const page = dictionary({ Type: 'Page' });
const node = (count: unknown, ...kids: unknown[]) => dictionary({ Count: count, Kids: kids });

test('believes a tree that counts what it holds, or more', async () => {
  expect(await countsTooFew(node(3, page, node(2, page, page)), resolve)).toBe(false);
  expect(await countsTooFew(node(9, page), resolve)).toBe(false);
  expect(await countsTooFew(node(0), resolve)).toBe(false);
});

test('doubts a count below what a node holds, at any depth, or that is none', async () => {
  expect(await countsTooFew(node(1, page, page), resolve)).toBe(true);
  expect(await countsTooFew(node(2, page, node(3, page, page, page)), resolve)).toBe(true);
  expect(await countsTooFew(node(3, page, node(2, page, page, page)), resolve)).toBe(true);
  expect(await countsTooFew(node(-3, page), resolve)).toBe(true);
});

test('comes to an end in a tree that holds itself', async () => {
  const kids: unknown[] = [];
  const root = dictionary({ Count: 5, Kids: kids });
  kids.push(root);
  expect(await countsTooFew(root, resolve)).toBe(false);
});
