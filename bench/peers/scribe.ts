/** Runs in the scratch folder, whose scribe.js-ocr it uses: AGPL, and no part of Fanfold. */
import { writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

interface Scribe {
  opt: { langPath: string | null };
  extractText(files: string[]): Promise<string>;
  terminate(): Promise<void>;
}

const [pdf = '', output = ''] = process.argv.slice(2);
const scratch = createRequire(join(process.cwd(), 'package.json'));
const installed = scratch.resolve('scribe.js-ocr');
const models = dirname(scratch.resolve('@tesseract.js-data/eng/package.json'));
const { default: scribe } = (await import(pathToFileURL(installed).href)) as { default: Scribe };
// It would fetch them from the network; its better mode takes the older engine's as well.
scribe.opt.langPath = join(models, '4.0.0');
await writeFile(output, await scribe.extractText([pdf]));
await scribe.terminate();
process.exit(0);
