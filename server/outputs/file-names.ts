import { OUTPUTS, type OutputFormat } from '../documents/formats.ts';

/** Of a name without its ending, in bytes of UTF-8: file systems take 255 for the whole. */
const MOST_BYTES = 180;
/** Names of devices, which Windows gives to no file whatever its ending. */
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what file systems refuse.
const REFUSED = /[\u0000-\u001f\u007f<>:"/\\|?*\u202a-\u202e\u2066-\u2069]/gu;

/** The name of an output for people, from that of the file. */
export function outputFileName(fileName: string, format: OutputFormat): string {
  return `${stemOf(fileName)}.${OUTPUTS[format].extension}`;
}

/** A file's name without its ending. */
function stemOf(fileName: string): string {
  return fileName.replace(/\.[A-Za-z0-9]{1,5}$/, '');
}

/** A name that every system takes for a file, and that leads out of no folder. */
export function safeStem(fileName: string): string {
  const plain = stemOf(fileName).toWellFormed().normalize('NFC').replace(REFUSED, '_');
  const short = shorten(plain).replace(/^[.\s]+|[.\s]+$/g, '');
  const name = short === '' ? 'document' : short;
  return DEVICE.test(name) ? `_${name}` : name;
}

/** Gives each of the names once; some file systems take two cases of a letter for the same. */
export function uniqueNames(taken: string[] = []): (name: string) => string {
  const known = new Set(taken.map(fold));
  return (name) => {
    let unique = name;
    for (let number = 2; known.has(fold(unique)); number++) unique = `${name} (${number})`;
    known.add(fold(unique));
    return unique;
  };
}

function shorten(text: string): string {
  let bytes = 0;
  let short = '';
  for (const character of text) {
    bytes += Buffer.byteLength(character);
    if (bytes > MOST_BYTES) break;
    short += character;
  }
  return short;
}

const fold = (name: string) => name.normalize('NFC').toLowerCase();
