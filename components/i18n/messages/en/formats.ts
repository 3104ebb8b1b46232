/** What documents can be taken out in. */
export const formats = {
  txt: 'Text',
  json: 'JSON',
  pdf: 'Searchable PDF',
  md: 'Markdown',
  hocr: 'hOCR',
  alto: 'ALTO XML',
  tsv: 'Words, TSV',
  textract: 'Textract JSON',
  csv: 'Tables, CSV',
  'tables-tsv': 'Tables, TSV',
  zip: 'Everything, ZIP',
  paragraphs: 'Text, one line a paragraph',
} as const;
