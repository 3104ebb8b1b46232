const BYTE_UNITS = ['B', 'kB', 'MB', 'GB', 'TB'];
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const WEEKDAY_AND_TIME: Intl.DateTimeFormatOptions = {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
};

export type Formats = ReturnType<typeof createFormats>;

/** How numbers and times are written where `tag` (BCP 47) is spoken. */
export function createFormats(tag: string) {
  const numbers = new Intl.NumberFormat(tag);
  const percents = new Intl.NumberFormat(tag, { style: 'percent' });
  const degrees = unitFormat(tag, 'degree', 'narrow');
  const seconds = unitFormat(tag, 'second', 'short');
  const relative = new Intl.RelativeTimeFormat(tag, { numeric: 'auto' });
  const date = (iso: string, options: Intl.DateTimeFormatOptions) =>
    new Date(iso).toLocaleString(tag, options);
  const fixed = (value: number, digits: number) =>
    value.toLocaleString(tag, { minimumFractionDigits: digits, maximumFractionDigits: digits });
  return {
    number: (value: number) => numbers.format(value),
    /** Of a hundred. */
    percent: (value: number) => percents.format(value / 100),
    degrees: (value: number) => degrees.format(value),
    /** Of milliseconds: "3.42 sec". */
    seconds: (duration: number) => seconds.format(duration / SECOND),
    /** In decimal units: 1_234_000 → "1.2 MB". */
    bytes: (bytes: number) => formatBytes(bytes, fixed),
    /** Milliseconds in few characters: "12 ms", "3.4 s", "2 min"; "–" for none. */
    span: (duration: number | null) => formatSpan(duration, fixed),
    fixed,
    /** How long before `now` (milliseconds) it was; null within a minute. */
    age(iso: string, now: number): string | null {
      const age = Math.max(0, now - Date.parse(iso));
      if (age < MINUTE) return null;
      if (age < HOUR) return relative.format(-Math.floor(age / MINUTE), 'minute');
      if (age < DAY) return relative.format(-Math.floor(age / HOUR), 'hour');
      if (age < 7 * DAY) return relative.format(-Math.floor(age / DAY), 'day');
      return date(iso, { day: 'numeric', month: 'short', year: 'numeric' });
    },
    /** Date and time. */
    moment: (iso: string) => date(iso, { dateStyle: 'medium', timeStyle: 'short' }),
    day: (iso: string) => date(iso, { dateStyle: 'long' }),
    /** "Mon, 24 Nov, 22:00". */
    start: (iso: string) => date(iso, WEEKDAY_AND_TIME),
  };
}

/** A duration in milliseconds as a clock: "0:42", "12:05", "1:02:09". */
export function formatClock(duration: number): string {
  const seconds = Math.max(0, Math.floor(duration / SECOND));
  const two = (value: number) => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3_600);
  const minutes = Math.floor((seconds % 3_600) / 60);
  const rest = two(seconds % 60);
  return hours > 0 ? `${hours}:${two(minutes)}:${rest}` : `${minutes}:${rest}`;
}

function unitFormat(tag: string, unit: string, unitDisplay: 'short' | 'narrow') {
  return new Intl.NumberFormat(tag, {
    style: 'unit',
    unit,
    unitDisplay,
    maximumFractionDigits: 2,
  });
}

type Fixed = (value: number, digits: number) => string;

function formatBytes(bytes: number, fixed: Fixed): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1_000 && unit < BYTE_UNITS.length - 1) {
    value /= 1_000;
    unit += 1;
  }
  return `${fixed(value, unit > 0 && value < 10 ? 1 : 0)} ${BYTE_UNITS[unit]}`;
}

function formatSpan(duration: number | null, fixed: Fixed): string {
  if (duration === null) return '–';
  if (duration < SECOND) return `${fixed(duration, 0)} ms`;
  if (duration < MINUTE) return `${fixed(duration / SECOND, 1)} s`;
  if (duration < HOUR) return `${fixed(duration / MINUTE, 0)} min`;
  return `${fixed(duration / HOUR, 1)} h`;
}
