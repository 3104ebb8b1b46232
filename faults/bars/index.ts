import type { Bar } from '../harness/bar.ts';
import { LIVE_BARS } from '../live/index.ts';
import { restoredBackup } from './backup.ts';
import { skewedClocks } from './clock.ts';
import { crashLoop } from './crashes.ts';
import { cutConnections, halfOpenListener, restartedPostgres } from './database.ts';
import { rollingDeploy } from './deploy.ts';
import { fullDisk } from './disk.ts';
import { canceled, cancelRaces, deleted } from './ends.ts';
import { blockedPage } from './limits.ts';
import { largePage, manyPages } from './memory.ts';
import { doubleFinalize, killedWeb } from './outbox.ts';
import { permanentErrors, poison, redrive } from './pages.ts';
import { sameFile } from './sameness.ts';
import { randomFaults } from './schedule.ts';
import { fairDocuments, fairOwners } from './shares.ts';
import { soak } from './soak.ts';
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
  blockedPage,
  stoppedWorker,
  restartedPostgres,
  cutConnections,
  halfOpenListener,
  absentStore,
  slowStore,
  missingSource,
  killedWeb,
  doubleFinalize,
  sameFile,
  redrive,
  permanentErrors,
  poison,
  crashLoop,
  canceled,
  cancelRaces,
  deleted,
  fairOwners,
  fairDocuments,
  manyPages,
  largePage,
  rollingDeploy,
  skewedClocks,
  fullDisk,
  restoredBackup,
  soak,
  stoppedPageProcess,
  stoppedOnlyWorker,
  stoppedStore,
  stoppedPostgres,
  stoppedTransaction,
  randomFaults,
  ...LIVE_BARS,
];
