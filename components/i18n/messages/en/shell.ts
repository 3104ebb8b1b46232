/** What stands around every page. */
export const shell = {
  description: 'Drop PDFs or images, watch every page being read, take out text you can trust.',
  skip: 'Skip to the content',
  home: 'Fanfold, all documents',
  operations: 'Operations',
  language: 'Language: {language}',
  languageFailed: 'The language could not be changed',
  theme: 'Colours: {current}. Change to {next}',
  themes: { system: 'as the system', light: 'light', dark: 'dark' },
  reconnecting: 'Reconnecting…',
  notifications: 'Notifications',
  nowhere: {
    title: 'There is no such page',
    text: 'The address may be old, or not typed right.',
  },
  error: {
    title: 'Something went wrong on this page',
    text: 'Your documents are not touched by it: work on them goes on.',
    retry: 'Show it again',
  },
} as const;
