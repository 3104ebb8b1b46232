/** The formats that a finished document can be taken out in. */
export const OUTPUT_FORMATS = ['txt', 'json'] as const;
export type OutputFormat = (typeof OUTPUT_FORMATS)[number];

export const OUTPUT_TYPES: Record<OutputFormat, string> = {
  txt: 'text/plain; charset=utf-8',
  json: 'application/json',
};
