import { expect, test } from 'vitest';
import { upload as english } from '../i18n/messages/en/upload.ts';
import { upload as spanish } from '../i18n/messages/es/upload.ts';
import { languageName, toggleLanguage } from './languages.ts';

test.each([
  ['eng', 'English', 'Inglés'],
  ['deu', 'German', 'Alemán'],
  ['chi_sim', 'Chinese (simplified)', 'Chino (simplificado)'],
  ['deu_frak', 'German (Fraktur)', 'Alemán (Fraktur)'],
  ['xyz_custom_model', 'xyz_custom_model', 'xyz_custom_model'],
])('calls %s %s in English and %s in Spanish', (code, inEnglish, inSpanish) => {
  expect(languageName(code, 'en-GB', (part) => english.languages.variants[part])).toBe(inEnglish);
  expect(languageName(code, 'es-MX', (part) => spanish.languages.variants[part])).toBe(inSpanish);
});

test('finding languages out stands alone, and at least one stays chosen', () => {
  expect(toggleLanguage(['eng', 'deu'], 'auto', true)).toEqual(['auto']);
  expect(toggleLanguage(['auto'], 'deu', true)).toEqual(['deu']);
  expect(toggleLanguage(['auto'], 'auto', false)).toEqual(['eng']);
  expect(toggleLanguage(['eng'], 'deu', true)).toEqual(['eng', 'deu']);
});
