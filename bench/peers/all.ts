import { join } from 'node:path';
import type { Peer } from '../peer.ts';

const node = [process.execPath, '--disable-warning=ExperimentalWarning'];
const script = (name: string) => join(import.meta.dirname, name);

/** Who else reads PDFs, as they are used by those who measure nothing. */
export const PEERS: Peer[] = [
  {
    name: 'ocrmypdf',
    title: 'ocrmypdf --force-ocr --jobs 2',
    programs: { ocrmypdf: 'ocrmypdf' },
    command: ({ pdf, output, folder }) => ocrmypdf(pdf, output, folder, []),
  },
  {
    name: 'ocrmypdf-plain',
    title: 'the same, --output-type pdf --optimize 0',
    programs: { ocrmypdf: 'ocrmypdf' },
    command: ({ pdf, output, folder }) =>
      ocrmypdf(pdf, output, folder, ['--output-type', 'pdf', '--optimize', '0']),
  },
  {
    name: 'native',
    title: 'two native tesseracts, pdftoppm 300 → PGM',
    programs: { tesseract: 'tesseract-ocr', pdftoppm: 'poppler-utils' },
    command: ({ pdf, output, folder, pages }) => [
      ...node,
      script('native.ts'),
      pdf,
      output,
      folder,
      String(pages),
    ],
  },
  {
    name: 'scribe',
    title: 'scribe.js-ocr',
    packages: ['scribe.js-ocr@0.11.2', '@tesseract.js-data/eng@1.0.0'],
    command: ({ pdf, output }) => [...node, script('scribe.ts'), pdf, output],
  },
  {
    name: 'naive',
    title: 'naive tesseract.js (pdf.js → PNG, best_int)',
    packages: ['@tesseract.js-data/eng@1.0.0'],
    command: ({ pdf, output, folder }) => [...node, script('naive.ts'), pdf, output, folder],
  },
];

function ocrmypdf(pdf: string, output: string, folder: string, more: string[]): string[] {
  const options = ['--force-ocr', '--jobs', '2', '-l', 'eng', '--sidecar', output, ...more];
  return ['ocrmypdf', ...options, pdf, join(folder, 'out.pdf')];
}
