import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Layout, Line } from '#server/pages/layout.ts';
import { type FailedPage, failureText } from '#worker/outputs/failed-page.ts';
import type { OutputPage } from '#worker/outputs/pages.ts';

/** The pages of a task, one at a time. */
export async function* readTaskPages(path: string): AsyncGenerator<OutputPage> {
  const lines = createInterface({
    input: createReadStream(path),
    crlfDelay: Number.POSITIVE_INFINITY,
  });
  for await (const line of lines) yield JSON.parse(line) as OutputPage;
}

/** The words that the page does not show as text already, by line. */
export function recognizedLines(layout: Layout): Line[] {
  return layout.blocks
    .flatMap((block) => block.lines)
    .map((line) => ({ ...line, words: line.words.filter(isRecognized) }))
    .filter((line) => line.words.length > 0);
}

function isRecognized({ provenance, text }: Line['words'][number]): boolean {
  return provenance === 'ocr' && text !== '';
}

/** Points from the corner of the page at which its failure is told, and of the letters. */
const MARGIN = 24;
const LETTER = { width: 3, height: 8 };

/** A line at the top left of the page that says why it was not read, boxes in points. */
export function failureLine(page: FailedPage): Line {
  let x = MARGIN;
  const words = `[${failureText(page)}]`.split(' ').map((text) => {
    const end = x + text.length * LETTER.width;
    const box: Line['box'] = [x, MARGIN, end, MARGIN + LETTER.height];
    x = end + LETTER.width;
    return { text, box, confidence: null, provenance: 'ocr' as const };
  });
  return { box: [MARGIN, MARGIN, x, MARGIN + LETTER.height], baseline: null, words };
}
