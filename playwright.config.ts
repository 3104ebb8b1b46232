import { defineConfig } from '@playwright/test';
import chromium from '@sparticuz/chromium';

const FIRST_VISIT = 'first-visit.spec.ts';

/**
 * Every journey runs against one production installation that the suite starts itself. With E2E_URL
 * and E2E_DATA (its data folder) set, a running one is used instead, and left as it is.
 */
export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results',
  globalSetup: './e2e/support/global-setup.ts',
  // The journeys share the processor with the recognition that they wait for.
  workers: 1,
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  timeout: 240_000,
  expect: { timeout: 20_000 },
  reporter: 'list',
  use: {
    baseURL: process.env.E2E_URL,
    actionTimeout: 20_000,
    navigationTimeout: 45_000,
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath: await chromium.executablePath(),
      args: ['--no-sandbox'],
    },
  },
  projects: [
    { name: 'first visit', testMatch: FIRST_VISIT },
    { name: 'journeys', testIgnore: FIRST_VISIT, dependencies: ['first visit'] },
  ],
});
