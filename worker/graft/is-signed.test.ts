import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { isSigned } from './is-signed.ts';

/** Bytes that a file is read at once. */
const PIECE = 65_536;

test.each([
  ['at the start of a file', 10, true],
  ['over the end of a piece', PIECE - 5, true],
  ['that only ends in the next piece', PIECE - 12, true],
  ['of which only the name is there', 10, false],
])('a signature %s', async (_, at, complete) => {
  const folder = await mkdtemp(join(tmpdir(), 'fanfold-signed-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const bytes = Buffer.alloc(PIECE * 2, ' ');
  bytes.write(complete ? '/ByteRange   [0 1 2 3]' : '/ByteRangeOfValues', at);
  const path = join(folder, 'file.pdf');
  await writeFile(path, bytes);
  expect(await isSigned(path)).toBe(complete);
});
