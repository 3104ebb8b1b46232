import { expect, test } from 'vitest';
import { readOcrArguments } from './commands/ocr.ts';
import { UsageError } from './context.ts';

const requestOf = (line: string) => readOcrArguments(['a.pdf', ...line.split(' ')]).request;

test('reads whether a file waits, and is read again', () => {
  expect(requestOf('-q')).toEqual({ priority: 'interactive', force: false });
  expect(requestOf('--bulk --again')).toEqual({ priority: 'bulk', force: true });
});

test('reads when a file starts', () => {
  const soon = new Date(Date.now() + 3_600_000).toISOString();
  expect(
    requestOf(`--start-after ${soon} --window 22:00-06:00 --time-zone Asia/Tokyo`),
  ).toMatchObject({
    schedule: {
      startAfter: soon,
      window: { from: '22:00', to: '06:00', timeZone: 'Asia/Tokyo' },
    },
  });
});

test.each([
  '--window 22-6',
  '--window 22:00',
  '--start-after tomorrow',
  '--start-after 2999-01-01',
])('refuses %s', (line) => {
  expect(() => requestOf(line)).toThrow(UsageError);
});
