import { expect, test } from 'vitest';
import { cleanText } from './text.ts';

test('leaves out what a database or an XML file refuses, and keeps the rest', () => {
  expect(cleanText('a\u0000b\ufffec\uffffd')).toBe('abcd');
  expect(cleanText('x\ud800y')).toBe('x\ufffdy');
  expect(cleanText('añ 文 😀')).toBe('añ 文 😀');
});
