/** The formats that a finished document can be taken out in. See docs/outputs.md. */
export const OUTPUT_FORMATS = [
  'txt',
  'json',
  'pdf',
  'md',
  'hocr',
  'alto',
  'tsv',
  'textract',
  'csv',
  'tables-tsv',
  'zip',
] as const;
export type OutputFormat = (typeof OUTPUT_FORMATS)[number];

/** What is written where nothing else was asked for. */
export const DEFAULT_FORMATS: OutputFormat[] = ['txt', 'json', 'pdf'];

/** How an output is named and sent: its name for people, what its files end with, its MIME type. */
export const OUTPUTS: Record<OutputFormat, { name: string; extension: string; type: string }> = {
  txt: { name: 'Text', extension: 'txt', type: 'text/plain; charset=utf-8' },
  json: { name: 'JSON', extension: 'json', type: 'application/json' },
  pdf: { name: 'Searchable PDF', extension: 'pdf', type: 'application/pdf' },
  md: { name: 'Markdown', extension: 'md', type: 'text/markdown; charset=utf-8' },
  hocr: { name: 'hOCR', extension: 'hocr', type: 'application/xhtml+xml' },
  alto: { name: 'ALTO XML', extension: 'alto.xml', type: 'application/xml' },
  tsv: { name: 'Words, TSV', extension: 'tsv', type: 'text/tab-separated-values; charset=utf-8' },
  textract: { name: 'Textract JSON', extension: 'textract.json', type: 'application/json' },
  csv: { name: 'Tables, CSV', extension: 'tables.csv', type: 'text/csv; charset=utf-8' },
  'tables-tsv': {
    name: 'Tables, TSV',
    extension: 'tables.tsv',
    type: 'text/tab-separated-values; charset=utf-8',
  },
  zip: { name: 'Everything, ZIP', extension: 'zip', type: 'application/zip' },
};

/** What goes into an archive of everything. */
export const ARCHIVED_FORMATS = OUTPUT_FORMATS.filter((format) => format !== 'zip');
