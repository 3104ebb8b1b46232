/** Runs in the scratch folder, whose scribe.js-ocr it uses: AGPL, and no part of Fanfold. */
import { writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

interface Scribe {
  extractText(files: string[]): Promise<string>;
  terminate(): Promise<void>;
}

const [pdf = '', output = ''] = process.argv.slice(2);
const installed = createRequire(join(process.cwd(), 'package.json')).resolve('scribe.js-ocr');
const { default: scribe } = (await import(pathToFileURL(installed).href)) as { default: Scribe };
await writeFile(output, await scribe.extractText([pdf]));
await scribe.terminate();
process.exit(0);
