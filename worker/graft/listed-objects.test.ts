import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { PDFDict, PDFParser, PDFRawStream, PDFRef } from '@cantoo/pdf-lib';
import { expect, test } from 'vitest';
import { scannedPdf } from '#fixtures/pdf.ts';
import { ListedObjects } from './listed-objects.ts';
import { buildSheets, graft, inGraftFolder, oneLine } from './testing/graft.ts';
import { hasProgram } from './testing/programs.ts';

const run = promisify(execFile);
const hasQpdf = hasProgram('qpdf');

inGraftFolder();

/** A searchable PDF, whose pages stand twice in it, and where it is. */
async function updated(useObjectStreams: boolean): Promise<string> {
  const layout = oneLine('one');
  const pages = [1, 2].map((number) => ({ number, layout }));
  const { output } = await graft(await buildSheets([{}, {}], { useObjectStreams }), pages);
  return output.path;
}

/** Compares with what is found by going through all of the file. */
async function expectSameObjects(path: string): Promise<void> {
  const bytes = new Uint8Array(await readFile(path));
  const whole = await PDFParser.forBytesWithOptions(bytes).parseDocument();
  const listed = ListedObjects.open(path);
  if (!listed) throw new Error('not listed');
  expect(String(listed.context.trailerInfo.Root)).toBe(String(whole.trailerInfo.Root));
  expect(listed.context.largestObjectNumber).toBe(whole.largestObjectNumber);
  for (const [number, place] of listed.list.places) {
    if (!place) continue;
    const ref = PDFRef.of(number);
    const [found, expected] = [listed.context.lookup(ref), whole.lookup(ref)];
    if (found instanceof PDFDict && expected instanceof PDFRawStream) {
      expect(String(found)).toBe(String(expected.dict));
    } else expect(String(found)).toBe(String(expected));
  }
  listed.close();
}

test.each([
  ['a table', false],
  ['a stream', true],
])('objects listed in %s are found as they were written last', async (_, packed) => {
  await expectSameObjects(await updated(packed));
});

test.skipIf(!hasQpdf).each([
  ['made for the web', ['--linearize']],
  ['made for the web, with packed objects', ['--linearize', '--object-streams=generate']],
  ['with packed objects', ['--object-streams=generate']],
])('objects of a file %s are found', async (_, options) => {
  const path = await updated(false);
  await run('qpdf', [...options, path, `${path}.made`]);
  await expectSameObjects(`${path}.made`);
});

test('of a picture no more than its dictionary is held', async () => {
  const path = await updated(false);
  await writeFile(path, await scannedPdf({ pages: ['a scan'] }));
  const listed = ListedObjects.open(path);
  const found = [...(listed?.list.places.keys() ?? [])].map((number) =>
    listed?.context.lookup(PDFRef.of(number)),
  );
  listed?.close();
  const images = found.filter(
    (object) => object instanceof PDFDict && /\/Subtype \/Image/.test(`${object}`),
  );
  expect(images).toHaveLength(1);
});

test.each([
  ['points elsewhere', (text: string) => text.replace(/^(\d{9})(\d) 00000 n/gm, '$19 00000 n')],
  ['is cut off', (text: string) => text.slice(0, text.lastIndexOf('trailer'))],
  ['begins late', (text: string) => `junk\n${text}`],
])('a file whose list %s is not trusted', async (_, damage) => {
  const path = await updated(false);
  await writeFile(path, damage(await readFile(path, 'latin1')), 'latin1');
  expect(ListedObjects.open(path)).toBeUndefined();
});
