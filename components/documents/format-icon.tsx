import {
  Braces,
  FileArchive,
  FileCode,
  FileText,
  FileType,
  type LucideIcon,
  Table,
} from 'lucide-react';
import type { OutputFormat } from '#server/documents/formats.ts';

const ICONS: Record<OutputFormat, LucideIcon> = {
  txt: FileText,
  json: Braces,
  pdf: FileType,
  md: FileText,
  hocr: FileCode,
  alto: FileCode,
  tsv: Table,
  textract: Braces,
  csv: Table,
  'tables-tsv': Table,
  zip: FileArchive,
};

/** What kind of file an output is; its name stands beside it. */
export function FormatIcon({ format }: { format: OutputFormat }) {
  const Icon = ICONS[format];
  return <Icon aria-hidden="true" />;
}
