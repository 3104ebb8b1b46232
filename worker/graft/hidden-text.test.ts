import { describe, expect, test } from 'vitest';
import { withoutHiddenText } from './hidden-text.ts';
import { operationsOf } from './operations.ts';

const names = (content: string) => [...operationsOf(content)].map(({ name }) => name);

describe('operationsOf', () => {
  test.each([
    ['strings that hold operators', '(a) Tj (\\) Tj (b)) Tj % no Tj\n<41> Tj', ['Tj', 'Tj', 'Tj']],
    ['arrays and names', '[(a) -120.5 <42>]TJ/F1 12 Tf', ['TJ', 'Tf']],
    ['marked content', '/Span<</ActualText(x)/MCID 0>>BDC EMC', ['BDC', 'EMC']],
    ['an inline image', 'BI /W 1 /H 1 ID \u0001EI\u0002 \u00ff(\nEI Q', ['BI', 'ID', 'Q']],
    ['operators of signs', 'T* (a) \' 1 2 (b) "', ['T*', "'", '"']],
  ])('reads %s', (_, content, expected) => {
    expect(names(content)).toEqual(expected);
  });

  test.each(['(a', 'BI ID \u0001\u0002', ') Tj'])('refuses %j', (content) => {
    expect(() => names(content)).toThrow('content stream');
  });
});

describe('withoutHiddenText', () => {
  test.each([
    ['hidden text', 'BT 3 Tr (a) Tj ET', 'BT 3 Tr ET', 1],
    [
      'hidden text among other',
      'BT (a) Tj 3 Tr [(b)] TJ 0 Tr 0 1 Td (c) Tj ET',
      'BT (a) Tj 3 Tr 0 Tr 0 1 Td (c) Tj ET',
      1,
    ],
    [
      'text after a restored state',
      'q 3 Tr BT (a) Tj ET Q BT (b) Tj ET',
      'q 3 Tr BT ET Q BT (b) Tj ET',
      1,
    ],
    ['lines', `3 Tr BT (a) ' 1 2 (b) " ET`, '3 Tr BT T* 1 Tw 2 Tc T* ET', 2],
    [
      'nothing of what is seen',
      'BT 7 Tr (a) Tj 2 Tr (b) Tj ET',
      'BT 7 Tr (a) Tj 2 Tr (b) Tj ET',
      0,
    ],
  ])('takes %s out', (_, content, expected, dropped) => {
    expect(withoutHiddenText(content)).toMatchObject({ content: expected, dropped });
  });

  test('leaves all as it is where text that is seen would move', () => {
    expect(withoutHiddenText('BT 3 Tr (a) Tj 0 Tr (b) Tj ET')).toBe(null);
  });

  test('tells what is painted, and in which mode', () => {
    expect(withoutHiddenText('/A Do q 3 Tr /B Do Q /C Do')?.painted).toEqual([
      { name: 'A', mode: 0 },
      { name: 'B', mode: 3 },
      { name: 'C', mode: 0 },
    ]);
  });
});
