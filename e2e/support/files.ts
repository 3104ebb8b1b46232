import { randomBytes } from 'node:crypto';
import { PDFDocument } from '@cantoo/pdf-lib';
import { drawPage } from '#fixtures/images.ts';
import { buildPdf, scannedPdf, textPdf } from '#fixtures/pdf.ts';

/** A file as Playwright's file dialog takes it. */
export interface TestFile {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

/** A document of which each page shows a word that no other page has. */
export interface TestDocument extends TestFile {
  tokens: string[];
}

/** Words that are read without doubt. */
const WORDS =
  'marigold harbour lantern walnut compass thunder velvet orchard meadow falcon garden mountain ' +
  'kitchen blanket dolphin feather hammock island pilgrim raven saddle temple umbrella window';
const TOKENS = WORDS.split(' ').map((word) => word.toUpperCase());

/** Work for the recognition, so that there is a half-way to stop at. */
const FILLING = [
  'The committee met in the afternoon and heard the report of the',
  'treasurer, who had counted the books and found them in good order.',
  'After a long discussion the members agreed to repair the roof before',
  'the winter, and to ask three builders of the town for their prices.',
];

/** A scan, `lines` lines long on each page; without a text layer. */
export async function scan(label: string, pages: number, lines = 0): Promise<TestDocument> {
  const tokens = tokensFor(label, pages);
  const bytes = await scannedPdf({
    pages: tokens.map((token) => pageText(token, lines)),
    dpi: 150,
    mark: mark(),
  });
  return { ...pdf(label, bytes), tokens };
}

/** A scan that takes long enough to do something in the middle of it. */
export function longScan(label: string): Promise<TestDocument> {
  return scan(label, 6, 16);
}

/** A scan that opens with the password only. */
export async function protectedScan(label: string, password: string): Promise<TestDocument> {
  const tokens = tokensFor(label, 1);
  const specs = tokens.map((token) => ({
    kind: 'scan' as const,
    text: pageText(token, 0),
    mark: mark(),
  }));
  return { ...pdf(label, await buildPdf(specs, { password })), tokens };
}

/** A scan of which one page, from 1, is larger than any that can be drawn. */
export async function scanWithHugePage(
  label: string,
  pages: number,
  huge: number,
): Promise<TestDocument> {
  const { tokens, buffer } = await scan(label, pages);
  const document = await PDFDocument.load(buffer);
  document.getPage(huge - 1).setSize(1_000_000, 1_000_000);
  return { ...pdf(label, await document.save()), tokens };
}

/** A born-digital file: its pages are done in milliseconds. */
export async function digital(label: string, pages: number): Promise<TestDocument> {
  const tokens = tokensFor(label, pages);
  const texts = tokens.map((token) => pageText(token, 4));
  return { ...pdf(label, await textPdf({ pages: texts })), tokens };
}

/** Of pixels and bytes that no other has: what is known already is not read again. */
export function picture(label: string): TestDocument {
  const tokens = tokensFor(label, 1);
  const png = drawPage(pageText(tokens[0] as string, 0), { dpi: 150, mark: mark() }).png();
  return { name: unique(label, 'png'), mimeType: 'image/png', buffer: Buffer.from(png), tokens };
}

/** An empty zip archive that says it is a PDF. */
export function zipNamedPdf(label: string): TestFile {
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  return pdf(label, end);
}

export function emptyFile(label: string): TestFile {
  return pdf(label, new Uint8Array());
}

/** How often each word stands in the text. */
export function occurrences(text: string, words: string[]): number[] {
  return words.map((word) => text.split(word).length - 1);
}

/** With a comment at its end that no other has: a file that is known already is not read again. */
function pdf(label: string, bytes: Uint8Array): TestFile {
  const comment = bytes.length > 0 ? `\n%${randomBytes(8).toString('hex')}\n` : '';
  const buffer = Buffer.concat([bytes, Buffer.from(comment)]);
  return { name: unique(label, 'pdf'), mimeType: 'application/pdf', buffer };
}

/** A page that was read before is not read again. */
function mark(): number {
  return randomBytes(4).readUInt32LE();
}

/** Each test has documents of its own, also when it is repeated. */
function unique(label: string, extension: string): string {
  return `${label} ${randomBytes(3).toString('hex')}.${extension}`;
}

function tokensFor(label: string, count: number): string[] {
  const start = [...label].reduce((sum, character) => sum + character.charCodeAt(0), 0);
  return Array.from({ length: count }, (_, index) => TOKENS[(start + index) % TOKENS.length] ?? '');
}

function pageText(token: string, lines: number): string {
  const filling = Array.from({ length: lines }, (_, index) => FILLING[index % FILLING.length]);
  return ['This page holds the word', token, ...filling].join('\n');
}
