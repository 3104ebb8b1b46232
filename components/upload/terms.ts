import type { UploadOptions } from '#client/upload.ts';

/** When a document starts and how long it is kept. */
export type Terms = Pick<UploadOptions, 'schedule' | 'retention'>;

/** As chosen and typed. */
export interface TermChoices {
  /** At once, not before a time, or within hours of the day. */
  start: 'now' | 'later' | 'hours';
  /** Local date and time, as `2026-11-24T22:00`. */
  startAfter: string;
  /** Local times, as `22:00`. */
  from: string;
  to: string;
  /** Days after the end; empty for what the server does by itself. */
  keepDays: string;
}

export const USUAL_TERMS: TermChoices = {
  start: 'now',
  startAfter: '',
  from: '22:00',
  to: '06:00',
  keepDays: '',
};

/** What differs from the usual, as the server takes it. */
export function termsOf({ start, startAfter, from, to, keepDays }: TermChoices): Terms {
  const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const days = keepDays.trim() === '' ? null : Number(keepDays);
  return {
    ...(start === 'later' && startAfter && { schedule: { startAfter: toIso(startAfter) } }),
    ...(start === 'hours' && { schedule: { window: { from, to, timeZone } } }),
    ...(days !== null && { retention: { source: days, pages: days, outputs: days } }),
  };
}

function toIso(local: string): string {
  return new Date(local).toISOString();
}
