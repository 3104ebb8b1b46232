import { PgBoss } from 'pg-boss';
import { describe, expect, test } from 'vitest';
import { createJobQueue } from '../jobs/queue.ts';
import { scheduleSchema, startTime } from './schedule.ts';

const jobs = createJobQueue(new PgBoss('postgres://127.0.0.1:1/none'));

const startsAt = (now: string, schedule: object) =>
  startTime(scheduleSchema.parse(schedule), new Date(now), jobs)?.toISOString() ?? null;

const night = { from: '22:00', to: '06:00', timeZone: 'Europe/Madrid' };

describe('a window', () => {
  test('that is open lets a document start at once, on either side of midnight', () => {
    expect(startsAt('2026-01-10T22:30:00Z', { window: night })).toBeNull();
    expect(startsAt('2026-01-10T04:59:00Z', { window: night })).toBeNull();
    expect(startsAt('2026-01-10T21:00:00Z', { window: night })).toBeNull();
  });

  test('that is closed makes it wait for the next opening, by the local clock', () => {
    expect(startsAt('2026-01-10T05:00:00Z', { window: night })).toBe('2026-01-10T21:00:00.000Z');
    expect(startsAt('2026-07-10T12:00:00Z', { window: night })).toBe('2026-07-10T20:00:00.000Z');
  });

  test('opens at its local time on the day that the clocks change', () => {
    expect(startsAt('2026-03-29T08:00:00Z', { window: night })).toBe('2026-03-29T20:00:00.000Z');
  });

  test('within one day is closed before and after it', () => {
    const noon = { from: '12:00', to: '13:00', timeZone: 'UTC' };
    expect(startsAt('2026-01-10T11:59:00Z', { window: noon })).toBe('2026-01-10T12:00:00.000Z');
    expect(startsAt('2026-01-10T12:59:00Z', { window: noon })).toBeNull();
    expect(startsAt('2026-01-10T13:00:00Z', { window: noon })).toBe('2026-01-11T12:00:00.000Z');
  });
});

describe('a time', () => {
  test('that is past lets a document start at once', () => {
    expect(
      startsAt('2026-01-10T12:00:00Z', { startAfter: '2026-01-10T12:59:00+01:00' }),
    ).toBeNull();
  });

  test('is kept, and moved into the window where there is one', () => {
    const startAfter = '2026-01-12T12:00:00Z';
    expect(startsAt('2026-01-10T23:00:00Z', { startAfter })).toBe('2026-01-12T12:00:00.000Z');
    expect(startsAt('2026-01-10T23:00:00Z', { startAfter, window: night })).toBe(
      '2026-01-12T21:00:00.000Z',
    );
  });
});

test('refuses a time more than a year ahead, a zone that is not there and an empty window', () => {
  const far = new Date(Date.now() + 400 * 86_400_000).toISOString();
  expect(scheduleSchema.safeParse({ startAfter: far }).success).toBe(false);
  for (const wrong of [{ timeZone: 'Mars/Base' }, { to: '22:00' }, { from: '25:00' }]) {
    expect(scheduleSchema.safeParse({ window: { ...night, ...wrong } }).success).toBe(false);
  }
});
