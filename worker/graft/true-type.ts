/** Glyph 0, which stands for a missing one, and the one that is used; both are empty. */
const GLYPHS = 2;
const UNITS_PER_EM = 1000;
/** What the sum of a whole TrueType file is subtracted from, for a field of its `head`. */
const CHECKSUM_BASE = 0xb1b0afba;
const MAGIC = 0x5f0f3cf5;

/** A TrueType font whose glyphs are empty; measures in 1/1000 of its size. */
export function encodeTrueType(metrics: {
  width: number;
  ascent: number;
  descent: number;
}): Buffer {
  const tables: [tag: string, table: Buffer][] = [
    ['glyf', Buffer.alloc(4)],
    ['head', head(metrics)],
    ['hhea', hhea(metrics)],
    ['hmtx', int16s([metrics.width, 0, 0])],
    ['loca', int16s([0, 0, 0])],
    ['maxp', Buffer.concat([uint32s([0x00010000]), int16s([GLYPHS, ...zeros(13)])])],
  ];
  const file = assemble(tables);
  const adjustment = (CHECKSUM_BASE - checksum(file)) >>> 0;
  file.writeUInt32BE(adjustment, file.readUInt32BE(12 + 16 + 8) + 8);
  return file;
}

function head({ width, ascent, descent }: Parameters<typeof encodeTrueType>[0]): Buffer {
  return Buffer.concat([
    uint32s([0x00010000, 0x00010000, 0, MAGIC]),
    int16s([0, UNITS_PER_EM, ...zeros(8)]),
    int16s([0, descent, width, ascent]),
    int16s([0, 8, 2, 0, 0]),
  ]);
}

function hhea({ width, ascent, descent }: Parameters<typeof encodeTrueType>[0]): Buffer {
  const widths = 1;
  return Buffer.concat([
    uint32s([0x00010000]),
    int16s([ascent, descent, 0, width, 0, 0, 0, 1, 0, 0, ...zeros(4), 0, widths]),
  ]);
}

/** The tables in the order of their tags, each at a multiple of four bytes. */
function assemble(tables: [tag: string, table: Buffer][]): Buffer {
  const power = 2 ** Math.floor(Math.log2(tables.length));
  const start = int16s([tables.length, power * 16, Math.log2(power), (tables.length - power) * 16]);
  let offset = 12 + tables.length * 16;
  const directory: Buffer[] = [];
  const bodies: Buffer[] = [];
  for (const [tag, table] of tables) {
    const padded = Buffer.concat([table, Buffer.alloc(-table.length & 3)]);
    directory.push(Buffer.from(tag), uint32s([checksum(padded), offset, table.length]));
    bodies.push(padded);
    offset += padded.length;
  }
  return Buffer.concat([uint32s([0x00010000]), start, ...directory, ...bodies]);
}

/** The sum of big-endian 32-bit numbers, modulo 2³². */
function checksum(bytes: Buffer): number {
  let sum = 0;
  for (let at = 0; at < bytes.length; at += 4) sum = (sum + bytes.readUInt32BE(at)) >>> 0;
  return sum;
}

function zeros(count: number): number[] {
  return new Array<number>(count).fill(0);
}

function int16s(values: number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 2);
  for (const [index, value] of values.entries()) bytes.writeInt16BE(value, index * 2);
  return bytes;
}

function uint32s(values: number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4);
  for (const [index, value] of values.entries()) bytes.writeUInt32BE(value, index * 4);
  return bytes;
}
