import type { OutputFormat } from '../documents/formats.ts';

/** How the lines of a page become plain text. */
export interface TextOptions {
  /** `lines`: as they stand on the page; `paragraphs`: each block of lines as one. */
  flow: 'lines' | 'paragraphs';
  /** Words that are divided at the end of a line: `kept` so, or `joined`. */
  hyphens: 'kept' | 'joined';
}

/** The variants of a format, each kept apart; the empty one is what is written unless asked otherwise. */
export const VARIANTS = ['', 'joined', 'paragraphs', 'paragraphs-joined'] as const;
export type Variant = (typeof VARIANTS)[number];

/** One output of a document, as it is kept. */
export interface OutputName {
  format: OutputFormat;
  variant: Variant;
}

/** Only plain text has variants. */
export function outputName(format: OutputFormat, text: TextOptions | undefined): OutputName {
  if (format !== 'txt' || !text) return { format, variant: '' };
  const variant = VARIANTS.find((name) => {
    const { flow, hyphens } = textOptionsOf(name);
    return flow === text.flow && hyphens === text.hyphens;
  });
  return { format, variant: variant ?? '' };
}

export function textOptionsOf(variant: Variant): TextOptions {
  return {
    flow: variant.startsWith('paragraphs') ? 'paragraphs' : 'lines',
    hyphens: variant.endsWith('joined') ? 'joined' : 'kept',
  };
}
