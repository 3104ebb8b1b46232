import type { ParseArgsOptionsConfig } from 'node:util';
import { scheduleSchema } from '#server/documents/schedule.ts';
import type { UploadOptions } from '../upload.ts';
import { UsageError } from './context.ts';

/** The arguments that say when files are read, and whether again. */
export const REQUEST = {
  bulk: { type: 'boolean', default: false },
  again: { type: 'boolean', default: false },
  'start-after': { type: 'string' },
  window: { type: 'string' },
  'time-zone': { type: 'string' },
} as const satisfies ParseArgsOptionsConfig;

export type FileRequest = Pick<UploadOptions, 'priority' | 'force' | 'schedule'>;

/** Throws a UsageError for what the server would refuse. */
export function readRequest(values: {
  bulk: boolean;
  again: boolean;
  'start-after'?: string | undefined;
  window?: string | undefined;
  'time-zone'?: string | undefined;
}): FileRequest {
  const schedule = readSchedule(values['start-after'], values.window, values['time-zone']);
  return {
    priority: values.bulk ? 'bulk' : 'interactive',
    force: values.again,
    ...(schedule && { schedule }),
  };
}

function readSchedule(
  start: string | undefined,
  window: string | undefined,
  timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone,
): FileRequest['schedule'] {
  if (start === undefined && window === undefined) return undefined;
  const [from, to] = window?.split('-') ?? [];
  const result = scheduleSchema.safeParse({
    startAfter: start === undefined ? null : readTime(start),
    window: window === undefined ? null : { from, to, timeZone },
  });
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const name = issue?.path[0] === 'startAfter' ? '--start-after' : '--window';
  throw new UsageError(`${name}: ${issue?.message}`);
}

/** `2026-12-24T22:00`, on this machine's clock where it names no zone. */
function readTime(text: string): string {
  const time = new Date(text);
  if (!Number.isNaN(time.getTime())) return time.toISOString();
  throw new UsageError(`--start-after ${text}: write the time as 2026-12-24T22:00.`);
}
