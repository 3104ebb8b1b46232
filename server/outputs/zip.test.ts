import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import yauzl from 'yauzl';
import { safeStem, uniqueNames } from './file-names.ts';
import { type ZipEntry, zipOf } from './zip.ts';

const modified = new Date('2026-11-22T10:00:00Z');
const file = (name: string, text: string, compress = false): ZipEntry => ({
  name,
  modified,
  content: { size: Buffer.byteLength(text), open: async () => Readable.from([Buffer.from(text)]) },
  compress,
});

async function read(bytes: Buffer): Promise<Record<string, string>> {
  const zip = await yauzl.fromBufferPromise(bytes);
  const files: Record<string, string> = {};
  for await (const entry of zip.eachEntry()) {
    const stream = await zip.openReadStreamPromise(entry);
    files[entry.fileName] = (await buffer(stream)).toString();
  }
  return files;
}

describe('zipOf', () => {
  test('makes an archive that others open, its size known beforehand', async () => {
    const manifest = {
      name: 'manifest.json',
      modified,
      content: Buffer.from('{}'),
      compress: false,
    };
    const { stream, size } = zipOf([manifest, file('a/b.txt', 'one'), file('ü 漢.txt', 'two')]);
    const bytes = await buffer(stream);
    expect(bytes.length).toBe(size);
    expect(await read(bytes)).toEqual({
      'manifest.json': '{}',
      'a/b.txt': 'one',
      'ü 漢.txt': 'two',
    });
  });

  test('opens one file at a time, and none before its turn', async () => {
    let open = 0;
    let most = 0;
    const entries = Array.from(
      { length: 50 },
      (_, index): ZipEntry => ({
        ...file(`${index}.txt`, ''),
        content: {
          size: 1_000,
          open: async () => {
            most = Math.max(most, ++open);
            const body = Readable.from([Buffer.alloc(1_000)]);
            return body.on('end', () => open--);
          },
        },
      }),
    );
    await buffer(zipOf(entries).stream);
    expect(most).toBe(1);
  });

  test('breaks off where a file cannot be read or is not as long as it was said to be', async () => {
    const broken = {
      ...file('a', ''),
      content: { size: 1, open: () => Promise.reject(new Error('gone')) },
    };
    await expect(buffer(zipOf([broken]).stream)).rejects.toThrow('gone');
    const short = {
      ...file('a', ''),
      content: { size: 9, open: async () => Readable.from(['abc']) },
    };
    await expect(buffer(zipOf([short]).stream)).rejects.toThrow();
  });
});

describe('names in an archive', () => {
  test.each([
    ['../../etc/passwd', '_.._etc_passwd'],
    ['/root/a.pdf', '_root_a'],
    ['C:\\temp\\a.pdf', 'C__temp_a'],
    ['...', 'document'],
    ['con.pdf', '_con'],
    ['a\u0000b\u202ec.pdf', 'a_b_c'],
    ['trailing. .pdf', 'trailing'],
    ['Straße 漢字.pdf', 'Straße 漢字'],
  ])('%j becomes %j', (name, safe) => {
    expect(safeStem(name)).toBe(safe);
  });

  test('are no longer than a file system takes, and none is there twice', () => {
    expect(Buffer.byteLength(safeStem('漢'.repeat(400)))).toBeLessThanOrEqual(180);
    const unique = uniqueNames(['manifest']);
    expect(['scan', 'SCAN', 'scan', 'Manifest'].map(unique)).toEqual([
      'scan',
      'SCAN (2)',
      'scan (3)',
      'Manifest (2)',
    ]);
  });
});
