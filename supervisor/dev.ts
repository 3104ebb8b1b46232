import { PROJECT } from './options.ts';
import { supervise } from './supervise.ts';
import { watchSources } from './watch.ts';

/** Next reloads the web by itself. A new worker starts at once; the old one finishes its page. */
await supervise('development', (group, output) => {
  watchSources(PROJECT, ['worker', 'server', 'db'], (path) => {
    output.info(`${path} changed: starting a new worker`);
    group.part('worker')?.replace();
  });
});
