import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server } from 'node:net';
import { type PDFContext, PDFDocument, PDFName, PDFString } from '@cantoo/pdf-lib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestPool, LIMITS, type TestPool } from '#fixtures/page-pool.ts';
import { FanfoldError } from '#server/errors.ts';
import { layoutText } from '#server/pages/layout.ts';
import type { SourceFile } from './protocol.ts';

const CANARY = 'CANARY of another file';
const SLOW = 120_000;
const { signal } = new AbortController();

let pages: TestPool;
let server: Server;
let connections = 0;
/** Of somebody who waits for files to call. */
let url: string;
let canary: string;

beforeAll(async () => {
  pages = await createTestPool();
  canary = (await pages.file('canary.txt', Buffer.from(CANARY), 'image/png')).path;
  server = createServer((socket) => {
    connections += 1;
    socket.destroy();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
});
afterAll(async () => {
  server.close();
  await pages.close();
});

type Make = (context: PDFContext) => Record<string, unknown>;
const script = () => `app.launchURL("${url}"); this.submitForm("${url}"); this.getURL("${url}");`;
const away = () => ({ Type: 'Filespec', FS: 'URL', F: PDFString.of(url) });
const nearby = () => ({ Type: 'Filespec', F: PDFString.of(canary) });

/** What a file tells a viewer to do when it is opened. */
const ACTIONS: Record<string, Make> = {
  'an address': () => ({ S: 'URI', URI: PDFString.of(url) }),
  'a script': () => ({ S: 'JavaScript', JS: PDFString.of(script()) }),
  'a form to send': () => ({ S: 'SubmitForm', F: away(), Flags: 4 }),
  'another document': () => ({ S: 'GoToR', F: away(), D: [0, 'Fit'], NewWindow: true }),
  'a program': () => ({ S: 'Launch', F: PDFString.of('/bin/sh'), Win: { F: PDFString.of(url) } }),
  'data to import': () => ({ S: 'ImportData', F: nearby() }),
};

test.each(Object.keys(ACTIONS))(
  'does not follow %s',
  async (name) => {
    const document = await PDFDocument.create();
    const page = document.addPage([595, 842]);
    page.drawText('The page itself is read.', { x: 50, y: 700 });
    const { context } = document;
    const action = context.obj(ACTIONS[name]?.(context) as never);
    document.catalog.set(PDFName.of('OpenAction'), action);
    document.catalog.set(PDFName.of('AA'), context.obj({ WC: action, DP: action }));
    page.node.set(PDFName.of('AA'), context.obj({ O: action, C: action }));
    page.node.set(
      PDFName.of('Annots'),
      context.obj([{ Type: 'Annot', Subtype: 'Link', Rect: [0, 0, 595, 842], A: action }] as never),
    );
    expect(await readAll(await document.save())).toContain('The page itself is read.');
    expect(connections).toBe(0);
  },
  SLOW,
);

test(
  'fetches no stream that lies elsewhere, on the network or on the disk',
  async () => {
    for (const place of [away(), nearby()]) {
      const document = await PDFDocument.create();
      const page = document.addPage([595, 842]);
      const { context } = document;
      const outside = (dictionary: object) =>
        context.register(context.stream('', { ...dictionary, F: place } as never));
      const image = { Type: 'XObject', Subtype: 'Image', Width: 9, Height: 9 };
      page.node.setXObject(
        PDFName.of('Image'),
        outside({ ...image, ColorSpace: 'DeviceGray', BitsPerComponent: 8 }),
      );
      const drawn = context.register(context.stream('q 500 0 0 500 0 0 cm /Image Do Q'));
      page.node.set(PDFName.of('Contents'), context.obj([outside({}), drawn]));
      expect(await readAll(await document.save())).not.toContain(CANARY);
    }
    expect(connections).toBe(0);
  },
  SLOW,
);

test(
  'opens neither what a form of XML names nor what is attached',
  async () => {
    const document = await PDFDocument.create();
    document.addPage([595, 842]).drawText('The page itself is read.', { x: 50, y: 700 });
    const xml = `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file://${canary}"><!ENTITY n SYSTEM "${url}">]>
<xdp:xdp xmlns:xdp="http://ns.adobe.com/xdp/"><template><subform><field><value><image href="${url}"/>&e;&n;</value></field></subform></template></xdp:xdp>`;
    const { context } = document;
    const xfa = context.register(context.stream(xml));
    document.catalog.set(PDFName.of('AcroForm'), context.obj({ XFA: xfa, Fields: [] }));
    await document.attach(Buffer.from(script()), 'open-me.js', { mimeType: 'text/javascript' });
    const text = await readAll(await document.save());
    expect(text).toContain('The page itself is read.');
    expect(text).not.toContain(CANARY);
    expect(connections).toBe(0);
  },
  SLOW,
);

test('whoever waits for calls would have noticed one', async () => {
  const before = connections;
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  await once(socket, 'close');
  expect(connections).toBe(before + 1);
});

/** Does everything with a file that page processes do; resolves to the text of its page. */
async function readAll(bytes: Uint8Array): Promise<string> {
  const source = await pages.file('active.pdf', bytes, 'application/pdf');
  const common = { source, limits: LIMITS };
  await quietly(pages.pool.run({ kind: 'inspect', ...common }, { signal }));
  await quietly(pages.pool.run({ kind: 'preview', ...common, page: 1 }, { signal }));
  await quietly(recognize(source, 'force'));
  const paths = { pages: `${source.path}.ndjson`, output: `${source.path}.out.pdf` };
  await pages.file('active.pdf.ndjson', Buffer.from(''), 'application/pdf');
  await quietly(pages.pool.run({ kind: 'graft', ...common, ...paths }, { signal }));
  return (await quietly(recognize(source, 'auto'))) ?? '';
}

async function recognize(source: SourceFile, mode: 'auto' | 'force'): Promise<string> {
  return layoutText((await pages.recognize(source, { options: { mode } })).layout);
}

/** A page may fail, by one of our codes. */
async function quietly<T>(task: Promise<T>): Promise<T | undefined> {
  return task.catch((error: unknown) => {
    expect(error).toBeInstanceOf(FanfoldError);
    return undefined;
  });
}
