import type { Translation } from '../translation.ts';

export const formats: Translation['formats'] = {
  txt: 'Texto',
  json: 'JSON',
  pdf: 'PDF con texto',
  md: 'Markdown',
  hocr: 'hOCR',
  alto: 'ALTO XML',
  tsv: 'Palabras, TSV',
  textract: 'JSON de Textract',
  csv: 'Tablas, CSV',
  'tables-tsv': 'Tablas, TSV',
  zip: 'Todo, ZIP',
  paragraphs: 'Texto, una línea por párrafo',
};
