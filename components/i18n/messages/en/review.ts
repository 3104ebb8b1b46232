/** Walking through the doubtful words. */
export const review = {
  progress: 'Words reviewed',
  left: '{count, plural, one {# doubtful word} other {# doubtful words}} left',
  keys: 'Enter accepts the word, or what you have typed in its place. The arrows go on and back.',
  word: 'Page {page, number}: {word}',
  picture: 'The word on page {page, number}',
  confidence: 'Read with {percent} confidence',
  accept: 'It is right',
  correct: 'Correct it',
  back: 'Back',
  skip: 'Skip',
  see: 'See it on page {page, number}',
  restart: 'Start over',
  none: {
    title: 'No word is doubtful',
    text: 'There is none that was read with less than {percent} confidence.',
  },
  done: {
    title: 'No doubtful word is left',
    text: 'The text and the downloads have what you corrected.',
  },
  end: {
    title: 'You are at the end',
    text: '{count, plural, one {# word you skipped can still be looked at.} other {# words you skipped can still be looked at.}}',
  },
} as const;
