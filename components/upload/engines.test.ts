import { beforeEach, expect, test, vi } from 'vitest';
import { rememberEngine, rememberedEngine } from './engines.ts';

beforeEach(() => {
  const kept = new Map<string, string>();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
  });
});

test('remembers the engine as long as the server has it', () => {
  expect(rememberedEngine(['tesseract', 'vision'])).toBeNull();
  rememberEngine('vision');
  expect(rememberedEngine(['tesseract', 'vision'])).toBe('vision');
  expect(rememberedEngine(['tesseract'])).toBeNull();
  expect(rememberedEngine(undefined)).toBeNull();
});
