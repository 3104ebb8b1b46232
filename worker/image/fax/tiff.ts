import { open } from 'node:fs/promises';
import { readExactly, readIntegers, readTiffHeader } from '../tiff-directory.ts';
import { listDirectories } from '../tiff-pages.ts';
import { countFaxRows, type FaxFormat } from './rows.ts';

/** Tags of TIFF 6.0, and their values for a fax. */
const WIDTH = 256;
const HEIGHT = 257;
const COMPRESSION = 259;
const FILL_ORDER = 266;
const OFFSETS = 273;
const ROWS_PER_STRIP = 278;
const BYTE_COUNTS = 279;
const T4_OPTIONS = 292;
const RUN_LENGTHS = 2;
const GROUP_3 = 3;
const GROUP_4 = 4;
const LOWEST_BIT_FIRST = 2;
const MAX_STRIP_BYTES = 64 * 1024 ** 2;

/** Whether a page (from 1) of a TIFF is a fax with fewer whole rows than it says; libtiff leaves them white. */
export async function faxEndsEarly(path: string, page: number): Promise<boolean> {
  await using file = await open(path);
  const header = await readTiffHeader(file);
  const offset = header && (await listDirectories(file, header)).offsets[page - 1];
  if (!header || offset === undefined || offset === null) return false;
  const tags = await readIntegers(file, header.numbers, offset);
  const format = formatOf(tags);
  const [offsets, counts] = [tags.get(OFFSETS) ?? [], tags.get(BYTE_COUNTS) ?? []];
  if (!format || counts.length !== offsets.length) return false;
  const height = tags.get(HEIGHT)?.[0] ?? 0;
  const inStrip = tags.get(ROWS_PER_STRIP)?.[0] || height;
  for (const [index, start] of offsets.entries()) {
    const wanted = Math.min(inStrip, height - index * inStrip);
    const length = counts[index] as number;
    const data = length <= MAX_STRIP_BYTES ? await readExactly(file, start, length) : null;
    if (data && countFaxRows(data, format, wanted) < wanted) return true;
  }
  return false;
}

function formatOf(tags: Map<number, number[]>): FaxFormat | null {
  const compression = tags.get(COMPRESSION)?.[0] ?? 0;
  if (compression < RUN_LENGTHS || compression > GROUP_4) return null;
  const isTwoDimensional = ((tags.get(T4_OPTIONS)?.[0] ?? 0) & 1) === 1;
  const groupThree = compression === GROUP_3 && isTwoDimensional ? 1 : 0;
  return {
    k: compression === GROUP_4 ? -1 : groupThree,
    columns: tags.get(WIDTH)?.[0] ?? 0,
    byteAlign: compression === RUN_LENGTHS,
    reversed: tags.get(FILL_ORDER)?.[0] === LOWEST_BIT_FIRST,
  };
}
