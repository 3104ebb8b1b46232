import type { JobName, JobPayload } from '#server/jobs/catalog.ts';
import type { WorkerServices } from '../services.ts';

/** A job as its handler sees it. */
export interface HandledJob<K extends JobName> {
  payload: JobPayload<K>;
  /** Aborts when the job is no longer this worker's, or the worker's time to drain is over. */
  signal: AbortSignal;
  /** Whether the queue gives the job up when this attempt fails. */
  last: boolean;
}

/** Resolves when the job is settled; rejects for another attempt, or for the dead letter queue. */
export type Handler<K extends JobName> = (
  services: WorkerServices,
  job: HandledJob<K>,
) => Promise<void>;
