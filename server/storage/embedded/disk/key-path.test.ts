import { describe, expect, test } from 'vitest';
import { keyToPath, parseEntry, prefixToFolder } from './key-path.ts';

const KEYS = [
  'a',
  'documents/1/source',
  '..',
  '../../etc/passwd',
  '.',
  '/',
  '//',
  'a/',
  '/a',
  'A',
  'ä/文/🗎',
  'a@',
  'a+',
  '%',
  '%2e%2e',
  'nul\u0000byte',
  'back\\slash',
  'x'.repeat(79),
  'x'.repeat(80),
  'x'.repeat(81),
  `${'x'.repeat(80)}/y`,
  '文'.repeat(340),
];

function keyOf(path: string[]): string {
  return Buffer.concat(path.map((name) => parseEntry(name)?.bytes ?? Buffer.from('?'))).toString();
}

describe('keyToPath', () => {
  test.each(KEYS)('leads back to %j', (key) => {
    expect(keyOf(keyToPath(key))).toBe(key);
  });

  test('uses only names that are safe on every disk', () => {
    for (const name of KEYS.flatMap(keyToPath)) {
      expect(name).toMatch(/^[a-z0-9_%@][a-z0-9_.%@+-]*$/);
      expect(name.length).toBeLessThanOrEqual(241);
    }
  });

  test('gives no two keys one path, nor a path within another', () => {
    const paths = KEYS.map((key) => keyToPath(key).join('/').toLowerCase());
    expect(new Set(paths).size).toBe(KEYS.length);
    for (const path of paths) {
      expect(paths.filter((other) => other.startsWith(`${path}/`))).toEqual([]);
    }
  });
});

describe('prefixToFolder', () => {
  test.each(KEYS)('leads to a folder above every key that starts as %j', (key) => {
    const path = keyToPath(key).join('/');
    for (let length = 0; length <= key.length; length += 1) {
      const prefix = key.slice(0, length).toWellFormed();
      if (!key.startsWith(prefix)) continue;
      const { folders, base } = prefixToFolder(prefix);
      expect(path.startsWith(folders.join('/'))).toBe(true);
      expect(Buffer.from(prefix).subarray(0, base.length).equals(base)).toBe(true);
    }
  });
});

test('parseEntry knows no foreign names', () => {
  for (const name of ['.DS_Store@x', 'Upper', 'a b', '%zz', 'a%2'])
    expect(parseEntry(name)).toBeUndefined();
});
