/** What a first program with pdf.js and tesseract.js looks like: PNGs at 300 dpi, two workers. */
import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { createCanvas } from '@napi-rs/canvas';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import tesseract from 'tesseract.js';

const [pdf = '', output = '', folder = ''] = process.argv.slice(2);
const scratch = createRequire(join(process.cwd(), 'package.json'));
const models = dirname(scratch.resolve('@tesseract.js-data/eng/package.json'));
const langPath = join(models, '4.0.0_best_int');

const scheduler = tesseract.createScheduler();
for (let count = 0; count < 2; count++) {
  scheduler.addWorker(await tesseract.createWorker('eng', 1, { langPath, cachePath: folder }));
}
const wasm = join(
  dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json')),
  'wasm',
);
const data = new Uint8Array(await readFile(pdf));
const document = await getDocument({ data, wasmUrl: `${wasm}/` }).promise;
const reading: Promise<string>[] = [];
for (let number = 1; number <= document.numPages; number++) {
  const page = await document.getPage(number);
  const viewport = page.getViewport({ scale: 300 / 72 });
  const canvas = createCanvas(Math.ceil(viewport.width), Math.ceil(viewport.height));
  await page.render({ canvas: canvas as never, viewport }).promise;
  const png = canvas.toBuffer('image/png');
  reading.push(scheduler.addJob('recognize', png).then(({ data: { text } }) => text));
}
await writeFile(output, (await Promise.all(reading)).join('\f'));
await scheduler.terminate();
process.exit(0);
