import { z } from 'zod';
import type { JobQueue } from '../jobs/queue.ts';

/** Days ahead that a document may be set to start. */
const FARTHEST_DAYS = 366;

const clockSchema = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'Write the time as 22:00.');

const windowSchema = z
  .object({
    /** Local times; a window may pass midnight. */
    from: clockSchema,
    to: clockSchema,
    /** IANA name, e.g. `Europe/Madrid`. */
    timeZone: z.string().max(64).refine(isTimeZone, 'There is no such time zone.').default('UTC'),
  })
  .refine(({ from, to }) => from !== to, 'The window is empty.');

/** When a document's reading may begin: not before a time, and only within a window of the day. */
export const scheduleSchema = z.object({
  startAfter: z.iso
    .datetime({ offset: true })
    .refine(
      (time) => Date.parse(time) < Date.now() + FARTHEST_DAYS * 86_400_000,
      'A start lies at most a year ahead.',
    )
    .nullable()
    .default(null),
  window: windowSchema.nullable().default(null),
});
export type Schedule = z.output<typeof scheduleSchema>;

/** When a document of this schedule starts that is ready at `now`; null for at once. */
export function startTime(
  { startAfter, window }: Schedule,
  now: Date,
  jobs: Pick<JobQueue, 'nextTime'>,
): Date | null {
  const earliest = new Date(Math.max(now.getTime(), startAfter ? Date.parse(startAfter) : 0));
  const start = window && !isWithin(window, earliest) ? opening(window, earliest, jobs) : earliest;
  return start > now ? start : null;
}

function isWithin({ from, to, timeZone }: z.output<typeof windowSchema>, time: Date): boolean {
  const local = time.toLocaleTimeString('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' });
  return from < to ? local >= from && local < to : local >= from || local < to;
}

function opening(
  { from, timeZone }: z.output<typeof windowSchema>,
  after: Date,
  jobs: Pick<JobQueue, 'nextTime'>,
): Date {
  const [hour, minute] = from.split(':').map(Number);
  return jobs.nextTime(`${minute} ${hour} * * *`, timeZone, after);
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
