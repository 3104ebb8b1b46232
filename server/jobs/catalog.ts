import type { Queue } from 'pg-boss';
import { z } from 'zod';
import { OUTPUT_FORMATS } from '../documents/formats.ts';
import { VARIANTS } from '../outputs/variants.ts';

/** Seconds after which a job whose worker has gone silent is taken from it. */
export const LEASE_SECONDS = 15;

/** Attempts of a job whose errors are transient. */
export const MAX_ATTEMPTS = 3;

export const DEAD_LETTER_QUEUE = 'dead-letter';

type QueueSettings = Omit<Queue, 'name'>;

/** Seconds that a job may wait until the queue gives it up. */
const LONGEST_WAIT = 90 * 24 * 3600;

const work: QueueSettings = {
  retentionSeconds: LONGEST_WAIT,
  retryLimit: MAX_ATTEMPTS - 1,
  retryDelay: 5,
  retryBackoff: true,
  retryDelayMax: 300,
  heartbeatSeconds: LEASE_SECONDS,
  deadLetter: DEAD_LETTER_QUEUE,
  deleteAfterSeconds: 24 * 3600,
  notify: true,
};

/**
 * For work that opens no file and is safe to repeat: where it fails, a database or a store is away or
 * a worker has died, and it is tried for some eight hours.
 */
const patient: QueueSettings = { ...work, retryLimit: 100 };

/** One at a time; a worker that dies at it must not keep the others from it. */
const housekeeping = {
  policy: 'singleton',
  retryLimit: 0,
  heartbeatSeconds: LEASE_SECONDS,
} satisfies QueueSettings;

const documentRun = z.object({ documentId: z.uuid(), ownerId: z.uuid(), run: z.int() });
const pageRun = documentRun.extend({ pageId: z.uuid(), page: z.int().positive() });

/** Every job: what it carries, and how its queue behaves. Handlers are bound in worker/handlers. */
export const JOBS = {
  /** Opens the file, counts its pages and fans them out. */
  'document.inspect': {
    payload: documentRun,
    queue: { ...work, expireInSeconds: 15 * 60 },
  },
  /** Reads one page. */
  'page.recognize': {
    payload: pageRun,
    queue: { ...work, expireInSeconds: 30 * 60 },
  },
  /** Draws a page as large as it can be looked at. */
  'page.enlarge': {
    payload: pageRun,
    queue: { ...work, expireInSeconds: 15 * 60 },
  },
  /** Reads a page once more with other settings, for someone to choose. */
  'page.reread': {
    payload: pageRun.extend({ rereadingId: z.uuid() }),
    queue: { ...work, expireInSeconds: 30 * 60 },
  },
  /** Draws the picture of a page whose text was taken without drawing it. */
  'page.preview': {
    payload: pageRun,
    queue: { ...work, expireInSeconds: 15 * 60 },
  },
  /** Folds the pages into the outputs. */
  'document.assemble': {
    payload: documentRun,
    queue: { ...work, expireInSeconds: 60 * 60 },
  },
  /** Makes one output that was asked for after the document was read. */
  'document.output': {
    payload: documentRun.extend({
      format: z.enum(OUTPUT_FORMATS),
      variant: z.enum(VARIANTS),
      /** The output is this job's while its row names this token. */
      token: z.uuid(),
    }),
    queue: { ...work, expireInSeconds: 60 * 60 },
  },
  /** Has outputs made anew whose pages were corrected; of a document one waits and one runs. */
  'document.rewrite': {
    payload: documentRun,
    queue: { ...patient, policy: 'stately', expireInSeconds: 5 * 60 },
  },
  /** Adds a document's words to those that a mistyped search is compared with. */
  'search.collect': {
    payload: z.object({ documentId: z.uuid() }),
    queue: { ...work, expireInSeconds: 15 * 60 },
  },
  /** Forgets the words of pages that are gone; every night. */
  'search.prune': {
    payload: z.object({}),
    queue: { ...work, policy: 'singleton', expireInSeconds: 60 * 60 },
  },
  /** Removes the objects of a deleted document. */
  'document.remove': {
    payload: z.object({ documentId: z.uuid() }),
    queue: { ...work, expireInSeconds: 60 * 60 },
  },
  /** Removes objects of a document that stays: what is older than its days. */
  'document.prune': {
    payload: z.object({ documentId: z.uuid(), prefixes: z.array(z.string().min(1)) }),
    queue: { ...patient, expireInSeconds: 60 * 60 },
  },
  /** Removes what is older than its days; see `SCHEDULES`. */
  retention: {
    payload: z.object({}),
    queue: {
      ...housekeeping,
      expireInSeconds: 3600,
      deleteAfterSeconds: 24 * 3600,
    },
  },
  /** Removes the objects of an ended document that lost attempts have left. */
  'document.tidy': {
    payload: z.object({ documentId: z.uuid() }),
    queue: { ...patient, expireInSeconds: 15 * 60 },
  },
  /** Mends what a crash left behind; every 30 seconds. */
  sweep: {
    payload: z.object({}),
    queue: {
      ...housekeeping,
      expireInSeconds: 5 * 60,
      deleteAfterSeconds: 3600,
    },
  },
} as const satisfies Record<string, { payload: z.ZodType; queue: QueueSettings }>;

/** Jobs that pg-boss queues by the clock, as cron expressions in UTC. */
export const SCHEDULES: Partial<Record<keyof typeof JOBS, string>> = {
  retention: '*/15 * * * *',
  'search.prune': '17 3 * * *',
};

export type JobName = keyof typeof JOBS;
export type JobPayload<K extends JobName> = z.output<(typeof JOBS)[K]['payload']>;

export const JOB_NAMES = Object.keys(JOBS) as JobName[];
