import type { SystemContext } from '#server/context.ts';
import type { PagePool } from './page/protocol.ts';
import type { SourceCache } from './source-cache.ts';
import type { Turns } from './turns.ts';
import type { VisionEndpoint } from './vision/endpoint.ts';

/** What the job handlers work with. */
export interface WorkerServices {
  ctx: SystemContext;
  /** Names this worker in attempts and logs. */
  worker: string;
  /** Reads pages. */
  pages: PagePool;
  /** One for each page that is claimed and read; what was read is stored while the next has its turn. */
  turns: Turns;
  /** Opens files and draws previews, so that a new document need not wait for a page to be read. */
  light: PagePool;
  /** Undefined where none is set up. */
  vision: VisionEndpoint | undefined;
  sources: SourceCache;
  /** Aborts when the worker is told to stop: what has not begun by then is left to others. */
  stopping: AbortSignal;
  /** Aborts when the worker is stopping and its time to drain is over. */
  draining: AbortSignal;
}
