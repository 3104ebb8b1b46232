/**
 * A thread that ends its process once the parent is gone, however busy the main thread is: the
 * parent's death is an event of the main thread's, and a hostile page may never let it come up.
 */
import { workerData } from 'node:worker_threads';

const INTERVAL_MS = 1_000;

setInterval(() => {
  if (process.ppid !== workerData) process.kill(process.pid, 'SIGKILL');
}, INTERVAL_MS);
