import { expect, test } from 'vitest';
import { createOutput, formatLine } from './output.ts';

const entry = { level: 30, time: 0, pid: 1, name: 'worker', msg: 'page read', page: 3, ms: 41.5 };
const time = new Date(0).toTimeString().slice(0, 8);

test('shows a log entry as time, level, message and its own fields', () => {
  expect(formatLine(JSON.stringify(entry))).toBe(`${time} info page read page=3 ms=41.5`);
});

test('shows an error with its stack', () => {
  const err = { type: 'Error', message: 'boom', stack: 'Error: boom\n    at x' };
  expect(formatLine(JSON.stringify({ level: 50, time: 0, msg: 'failed', err }))).toBe(
    `${time} error failed\n  Error: boom\n      at x`,
  );
});

test('lets no value move the cursor or begin a line', () => {
  const file = 'a\u001b[2J\nforged | line';
  const text = formatLine(JSON.stringify({ level: 30, time: 0, msg: 'saw\r\n', file }));
  expect(text).toBe(`${time} info saw\\u000d\\u000a file="a\\u001b[2J\\nforged | line"`);
  expect(formatLine('plain \u001b[31mred\u001b[0m \u0007')).toBe('plain red \\u0007');
});

test('leaves a line that is not an entry as it is', () => {
  expect(formatLine('{"level":"high"}')).toBe('{"level":"high"}');
  expect(formatLine('ready on port 3000')).toBe('ready on port 3000');
});

test('puts a label before each line', () => {
  const written = capture({ json: false });
  written.output.line('web', 'hello');
  written.output.info('two\nlines');
  expect(written.text()).toBe('web      | hello\nfanfold  | two\nfanfold  | lines\n');
});

test('colours labels only where that is wanted', () => {
  const written = capture({ json: false, colour: true });
  written.output.line('web', 'hello');
  expect(written.text()).toContain('\u001b[36mweb');
});

test('with json hands entries on and wraps everything else', () => {
  const written = capture({ json: true });
  written.output.line('worker', JSON.stringify(entry));
  written.output.line('web', 'plain');
  written.output.warn('careful');
  const rows = written
    .text()
    .trimEnd()
    .split('\n')
    .map((row) => JSON.parse(row));
  expect(rows[0]).toEqual(entry);
  expect(rows[1]).toMatchObject({ level: 30, name: 'web', msg: 'plain' });
  expect(rows[2]).toMatchObject({ level: 40, name: 'fanfold', msg: 'careful' });
});

function capture(options: { json: boolean; colour?: boolean }) {
  let text = '';
  const write = (chunk: string) => {
    text += chunk;
  };
  return { output: createOutput({ colour: false, ...options, write }), text: () => text };
}
