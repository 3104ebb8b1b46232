import { expect, test } from 'vitest';
import { type ServerWords, translateSentence } from './sentences.ts';

const words: ServerWords = {
  errors: {} as ServerWords['errors'],
  sentences: {
    'There is no such page.': 'No existe esa página.',
    'Pages {0} were asked for, but the file has {1}.':
      'El archivo tiene {1}, y se pidieron las páginas {0}.',
  },
};

test('a sentence is told as it stands, or with what differs in its place', () => {
  expect(translateSentence(words, 'There is no such page.')).toBe('No existe esa página.');
  expect(translateSentence(words, 'Pages 3-5 were asked for, but the file has 2.')).toBe(
    'El archivo tiene 2, y se pidieron las páginas 3-5.',
  );
});

test('a sentence that nobody translated stays untold, and in English all do', () => {
  expect(translateSentence(words, 'Pages were asked for.')).toBeUndefined();
  expect(translateSentence(null, 'There is no such page.')).toBeUndefined();
});
