import type { TestProject } from 'vitest/node';
import { migrate } from '#db/migrate.ts';
import { installQueues } from '#server/jobs/queue.ts';
import { startTestPostgres } from './postgres.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The address of the test run's Postgres, as its superuser. */
    adminUrl: string;
  }
}

/** One Postgres for the whole run; each suite takes databases of its own from it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const postgres = await startTestPostgres({ prepareTemplate });
  project.provide('adminUrl', postgres.adminUrl);
  return postgres.stop;
}

async function prepareTemplate(url: string): Promise<void> {
  await migrate(url);
  await installQueues(url, (error) => console.error(error));
}
