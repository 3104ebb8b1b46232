import { describe, expect, it } from 'vitest';
import { languageName } from './languages.ts';

describe('languageName', () => {
  it.each([
    ['eng', 'English'],
    ['deu', 'German'],
    ['chi_sim', 'Chinese (simplified)'],
    ['deu_frak', 'German (Fraktur)'],
    ['xyz_custom_model', 'xyz_custom_model'],
  ])('calls %s %s', (code, name) => expect(languageName(code)).toBe(name));
});
