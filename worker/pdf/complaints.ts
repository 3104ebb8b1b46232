/**
 * pdf.js leaves out what it cannot decode and says so on the console only. From here on its
 * complaints are kept instead, for the page at hand.
 */
const complaints: string[] = [];
/** A hostile page complains without end. */
const MAX_COMPLAINTS = 1_000;

globalThis.console.warn = (...parts: unknown[]) => complain(parts.map(String).join(' '));

/** Complains of something as pdf.js would. */
export function complain(text: string): void {
  if (complaints.length < MAX_COMPLAINTS) complaints.push(text);
}

/** pdf.js goes through a page that is drawn twice, and complains twice. */
export interface ImageComplaints {
  /** Images above the limit of pixels, which were left out. */
  tooLarge: number;
  /** Images that could not be decoded, which were left out. */
  unreadable: number;
}

export function resetComplaints(): void {
  complaints.length = 0;
}

export function imageComplaints(): ImageComplaints {
  const count = (pattern: RegExp) => complaints.filter((text) => pattern.test(text)).length;
  return {
    tooLarge: count(/Image exceeded maximum allowed size/),
    unreadable: count(
      /Unable to decode (inline )?image|Image dimensions are missing|Image data is missing/,
    ),
  };
}

/** What pdf.js says of content that it cannot make out. */
const DAMAGED = new RegExp(
  [
    'Invalid stream',
    'Filter ".*" is not supported',
    'Unknown command',
    'ignoring errors during',
    'ignoring XObject',
    'Unterminated string',
    'without finding a valid EI marker',
    'Contents are missing',
    'Image data ends early',
    'Image data is damaged',
    'Type3 (character|font resource)',
    'ignoring pattern',
    'preEvaluateFont failed',
    'Unknown crypto method',
    'end of the image data without finding an EOI marker',
  ].join('|'),
);

/** Whether something that the page draws was left out because it is damaged. */
export function contentIsDamaged(): boolean {
  return complaints.some((text) => DAMAGED.test(text));
}

/** The number of pages that the file announces, where pdf.js has found fewer of them; else null. */
export function announcedPages(): number | null {
  const told = complaints.map((text) => /invalid \/Pages tree \/Count: (\d+)/.exec(text)?.[1]);
  const [count] = told.filter((found) => found !== undefined);
  return count === undefined ? null : Number(count);
}
