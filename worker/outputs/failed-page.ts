import type { OutputPage } from './pages.ts';

export type FailedPage = Extract<OutputPage, { error: unknown }>;

/** What stands in an output in the place of a page that was not read. */
export function failureText({ number, error }: FailedPage): string {
  return `Page ${number} was not read: ${error.sentence} (${error.code})`;
}
