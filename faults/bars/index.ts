import type { Bar } from '../harness/bar.ts';
import { cutConnections, halfOpenListener, restartedPostgres } from './database.ts';
import { canceled, cancelRaces, deleted } from './ends.ts';
import { doubleFinalize, killedWeb } from './outbox.ts';
import { crashLoop, permanentErrors, poison, redrive } from './pages.ts';
import {
  stoppedOnlyWorker,
  stoppedPageProcess,
  stoppedPostgres,
  stoppedStore,
  stoppedTransaction,
} from './stops.ts';
import { absentStore, missingSource, slowStore } from './storage.ts';
import {
  allWorkersKilled,
  crashedWorker,
  frozenWorker,
  killedWorkers,
  stoppedWorker,
} from './workers.ts';

export const BARS: Bar[] = [
  killedWorkers,
  allWorkersKilled,
  frozenWorker,
  crashedWorker,
  stoppedWorker,
  restartedPostgres,
  cutConnections,
  halfOpenListener,
  absentStore,
  slowStore,
  missingSource,
  killedWeb,
  doubleFinalize,
  redrive,
  permanentErrors,
  poison,
  crashLoop,
  canceled,
  cancelRaces,
  deleted,
  stoppedPageProcess,
  stoppedOnlyWorker,
  stoppedStore,
  stoppedPostgres,
  stoppedTransaction,
];
