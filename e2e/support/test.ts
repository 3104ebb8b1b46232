import { test as base, expect, type Page } from '@playwright/test';
import { type Installation, openInstallation } from './installation.ts';

export { expect };

interface Fixtures {
  fanfold: Installation;
  /** Console messages that this journey provokes. */
  provoked: RegExp[];
  quietConsole: undefined;
}

/** Playwright's test, with the installation; it fails for any error in the browser's console. */
export const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright wants a pattern
  fanfold: async ({}, use) => use(openInstallation()),
  provoked: [[], { option: true }],
  page: async ({ page }, use) => {
    const goto = page.goto.bind(page);
    const reload = page.reload.bind(page);
    page.goto = async (...given) => takenOver(page, await goto(...given));
    page.reload = async (...given) => takenOver(page, await reload(...given));
    await use(page);
  },
  quietConsole: [
    async ({ context, provoked }, use) => {
      const problems: string[] = [];
      context.on('console', (message) => {
        const policy = /content.security.policy/i.test(message.text());
        if (message.type() === 'error' || policy) {
          problems.push(`${message.text()} (${message.location().url})`);
        }
      });
      context.on('weberror', (problem) => problems.push(String(problem.error().stack)));
      await use(undefined);
      const unexpected = problems.filter((text) => !provoked.some((known) => known.test(text)));
      expect(unexpected, 'errors in the browser console').toEqual([]);
    },
    { auto: true },
  ],
});

/** Waits until React listens to the page: a click before that would be nobody's. */
async function takenOver<Answer>(page: Page, answer: Answer): Promise<Answer> {
  const listens = () =>
    page.evaluate(() => Object.keys(document).some((key) => key.startsWith('__reactContainer')));
  await expect.poll(listens).toBe(true);
  return answer;
}
