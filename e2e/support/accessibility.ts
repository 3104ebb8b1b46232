import { AxeBuilder } from '@axe-core/playwright';
import { devices, expect, type Page } from '@playwright/test';

const { viewport: phone } = devices['Pixel 7'];

/** The ways in which every screen is looked at. Motion is reduced: what fades in has no contrast yet. */
export const LOOKS = {
  light: { colorScheme: 'light', contextOptions: { reducedMotion: 'reduce' } },
  dark: { colorScheme: 'dark', contextOptions: { reducedMotion: 'reduce' } },
  phone: { colorScheme: 'light', viewport: phone, contextOptions: { reducedMotion: 'reduce' } },
  'dark phone': {
    colorScheme: 'dark',
    viewport: phone,
    contextOptions: { reducedMotion: 'reduce' },
  },
} as const;

/** Fails with what axe finds, each with the elements it concerns; the journey goes on to the next screen. */
export async function expectAccessible(page: Page, { menu = false } = {}): Promise<void> {
  // A menu that is open stands at the end of the document, outside of its landmarks.
  const rules = menu ? ['region'] : [];
  const { violations } = await new AxeBuilder({ page }).disableRules(rules).analyze();
  const found = violations.map(({ id, help, nodes }) => ({
    id,
    help,
    elements: nodes.map(({ html, failureSummary }) => `${html}\n${failureSummary}`),
  }));
  expect.soft(found, page.url()).toEqual([]);
}
