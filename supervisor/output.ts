import { stripVTControlCharacters, styleText } from 'node:util';

/** Where the supervisor and its parts write. */
export interface Output {
  /** One line of a part. */
  line(part: string, text: string): void;
  /** A message of the supervisor itself. */
  info(text: string): void;
  warn(text: string): void;
  /** The one message that must not be missed. */
  announce(text: string): void;
}

type Colour = 'cyan' | 'magenta' | 'blue' | 'green' | 'yellow' | 'red' | 'gray' | 'bold';

const PART_COLOURS: Record<string, Colour> = {
  web: 'cyan',
  worker: 'magenta',
  postgres: 'blue',
  store: 'green',
};
const LABEL_WIDTH = 8;
const OWN_LABEL = 'fanfold';

/** Labelled lines for people, or with `json` one JSON object a line. */
export function createOutput(options: {
  json: boolean;
  colour: boolean;
  write: (text: string) => void;
}): Output {
  return options.json ? jsonOutput(options.write) : prettyOutput(options);
}

function prettyOutput(options: { colour: boolean; write: (text: string) => void }): Output {
  const paint = (colour: Colour, text: string) =>
    options.colour ? styleText(colour, text, { validateStream: false }) : text;
  const put = (part: string, text: string, colour: Colour) => {
    const label = paint(colour, `${part.padEnd(LABEL_WIDTH)} |`);
    for (const row of text.split('\n')) options.write(`${label} ${row}\n`);
  };
  return {
    line: (part, text) => put(part, formatLine(text, paint), PART_COLOURS[part] ?? 'gray'),
    info: (text) => put(OWN_LABEL, text, 'gray'),
    warn: (text) => put(OWN_LABEL, paint('yellow', text), 'yellow'),
    announce: (text) => options.write(`\n  ${paint('bold', text)}\n\n`),
  };
}

function jsonOutput(write: (text: string) => void): Output {
  const put = (level: number, name: string, msg: string) =>
    write(`${JSON.stringify({ level, time: Date.now(), name, msg })}\n`);
  return {
    line: (part, text) => (parseEntry(text) ? write(`${text}\n`) : put(30, part, text)),
    info: (text) => put(30, OWN_LABEL, text),
    warn: (text) => put(40, OWN_LABEL, text),
    announce: (text) => put(30, OWN_LABEL, text),
  };
}

interface LogEntry {
  level: number;
  time: number;
  msg?: string;
  [field: string]: unknown;
}

type Paint = (colour: Colour, text: string) => string;

const LEVELS: Record<number, [string, Colour]> = {
  10: ['trace', 'gray'],
  20: ['debug', 'gray'],
  30: ['info', 'green'],
  40: ['warn', 'yellow'],
  50: ['error', 'red'],
  60: ['fatal', 'red'],
};
/** The label already says these. */
const HIDDEN_FIELDS = new Set(['level', 'time', 'msg', 'pid', 'hostname', 'name', 'err']);

/** A pino entry as `time level message field=value`; any other line without control characters. */
export function formatLine(text: string, paint: Paint = (_, plain) => plain): string {
  const entry = parseEntry(text);
  if (!entry) return escapeControls(stripVTControlCharacters(text));
  const [level, colour] = LEVELS[entry.level] ?? [String(entry.level), 'gray'];
  const time = new Date(entry.time).toTimeString().slice(0, 8);
  const fields = Object.entries(entry)
    .filter(([key]) => !HIDDEN_FIELDS.has(key))
    .map(([key, value]) => paint('gray', `${escapeControls(key)}=`) + formatValue(value));
  const head = [paint('gray', time), paint(colour, level), escapeControls(entry.msg ?? '')];
  return [...head, ...fields].filter(Boolean).join(' ') + formatError(entry.err);
}

function parseEntry(text: string): LogEntry | undefined {
  if (!text.startsWith('{')) return undefined;
  try {
    const entry = JSON.parse(text);
    return typeof entry.level === 'number' && typeof entry.time === 'number' ? entry : undefined;
  } catch {
    return undefined;
  }
}

function formatValue(value: unknown): string {
  const bare = typeof value === 'string' && /^[\w./:@+-]+$/.test(value);
  return escapeControls(bare ? value : (JSON.stringify(value) ?? String(value)));
}

function formatError(error: unknown): string {
  if (!error || typeof error !== 'object') return '';
  const { stack, message } = error as { stack?: string; message?: string };
  const rows = String(stack ?? message ?? JSON.stringify(error)).split('\n');
  return rows.map((row) => `\n  ${escapeControls(row)}`).join('');
}

/** What a stranger named a file must not move the cursor or forge a line. */
function escapeControls(text: string): string {
  return text.replace(/\p{Cc}/gu, (character) =>
    character === '\t' ? ' ' : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
