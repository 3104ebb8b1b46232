/**
 * A thread that ends its process once the parent is gone, however busy the main thread is: the
 * parent's death is an event of the main thread's, and a hostile page may never let it come up. To
 * the parent it shows every second that the process was not stopped.
 */
import { writeSync } from 'node:fs';
import { workerData } from 'node:worker_threads';

const INTERVAL_MS = 1_000;
/** The pipe that the parent reads signs of life from. */
const LIFE = 4;

setInterval(() => {
  if (process.ppid !== workerData) process.kill(process.pid, 'SIGKILL');
  writeSync(LIFE, '.');
}, INTERVAL_MS);
