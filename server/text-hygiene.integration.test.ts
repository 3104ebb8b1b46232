import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createDocument } from './documents/create.ts';
import { getDocument } from './documents/get.ts';
import { listDocuments } from './documents/list.ts';
import {
  createDocumentSchema,
  listDocumentsSchema,
  updateDocumentSchema,
} from './documents/schemas.ts';
import { updateDocument } from './documents/update.ts';
import { outputFileName } from './outputs/file-names.ts';
import { searchPages } from './search/pages.ts';
import { searchPagesSchema } from './search/schemas.ts';
import { documentPrefix } from './storage/keys.ts';
import { attachment } from './storage/presign.ts';
import { type Harness, readDocument, startHarness } from './testing/harness.ts';

let harness: Harness;
let ctx: Harness['ctx'];

beforeAll(async () => {
  harness = await startHarness();
  ctx = harness.ctx;
});
afterAll(() => harness.close());

/** Names that people, systems and attackers give to files. */
const NAMES = [
  '../../etc/passwd',
  '..\\..\\windows\\system32\\config',
  '/etc/shadow',
  'C:\\autoexec.bat',
  'con.pdf',
  'a\0b.pdf',
  'lone\ud800surrogate.pdf',
  'noncharacter\uffff.pdf',
  'evil\u202efdp.exe',
  '\u2066isolated\u2069.pdf',
  '"quoted"; filename=other.html',
  'new\r\nSet-Cookie: a=b.pdf',
  '<script>alert(1)</script>.pdf',
  '<img src=x onerror=alert(1)>.png',
  '=cmd|calc!A1.csv',
  "'; drop table documents; --.pdf",
  '$(touch owned).pdf',
  '`id`.pdf',
  '%2e%2e%2fescaped.pdf',
  'percent%00.pdf',
  '.hidden',
  ' ',
  'naïve-Straße-漢字-😀.pdf',
  'e\u0301.pdf',
  `${'x'.repeat(10_000)}.pdf`,
];

const announce = (fileName: string, more: object = {}) =>
  createDocument({
    ctx,
    input: createDocumentSchema.parse({
      fileName,
      contentType: 'application/pdf',
      size: 10,
      sha256: 'a'.repeat(64),
      force: true,
      ...more,
    }),
  });

describe('a file name', () => {
  test.each(NAMES)('%j is data, and never a path, a key or a header', async (fileName) => {
    const { document } = await announce(fileName);
    const shown = await getDocument({ ctx, input: { documentId: document.id } });
    expect(shown.fileName).toBe(fileName.toWellFormed().replaceAll('\0', ''));
    const { sourceKey } = await readDocument(ctx, document.id);
    expect(sourceKey).toBe(`${documentPrefix(document.id)}source`);
    const header = attachment(outputFileName(shown.fileName, 'txt'));
    expect(header).toMatch(
      /^attachment; filename="[\x20-\x21\x23-\x5b\x5d-\x7e]*"; filename\*=UTF-8''[\w.~%-]*$/,
    );
    const [, encoded = ''] = header.split("UTF-8''");
    expect(decodeURIComponent(encoded)).toBe(outputFileName(shown.fileName, 'txt'));
  });
});

describe('what people write', () => {
  const odd = ['nul\0', 'lone\ud800', 'non\uffff', '\u202ebidi\u2066'];

  test.each(odd)('%j is stored as a title, a tag and a request id', async (text) => {
    const { document } = await announce('a.pdf', { clientRequestId: `${text}${randomUUID()}` });
    const changes = { documentId: document.id, title: text, tags: [text] };
    const changed = await updateDocument({ ctx, input: updateDocumentSchema.parse(changes) });
    const stored = text.toWellFormed().replaceAll('\0', '');
    expect({ title: changed.title, tags: changed.tags }).toEqual({ title: stored, tags: [stored] });
  });

  test.each(odd)('%j is looked for without an error', async (text) => {
    const input = listDocumentsSchema.parse({ name: text, tag: text });
    await expect(listDocuments({ ctx, input })).resolves.toBeDefined();
    const query = searchPagesSchema.parse({ query: text });
    await expect(searchPages({ ctx, input: query })).resolves.toBeDefined();
  });
});
