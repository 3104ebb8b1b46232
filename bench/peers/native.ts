/** Two Tesseracts at once, each on one page as pdftoppm draws it. */
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import pLimit from 'p-limit';

const [pdf = '', output = '', folder = '', pages = '0'] = process.argv.slice(2);
const limit = pLimit(2);
const texts = await Promise.all(
  Array.from({ length: Number(pages) }, (_, index) => limit(() => read(String(index + 1)))),
);
await writeFile(output, texts.join('\f'));

async function read(page: string): Promise<string> {
  const stem = join(folder, page);
  await execa('pdftoppm', ['-r', '300', '-gray', '-f', page, '-l', page, '-singlefile', pdf, stem]);
  await execa('tesseract', [`${stem}.pgm`, stem, '-l', 'eng', '--dpi', '300'], {
    env: { OMP_THREAD_LIMIT: '1' },
  });
  await rm(`${stem}.pgm`);
  return (await readFile(`${stem}.txt`, 'utf8')).replaceAll('\f', '');
}
