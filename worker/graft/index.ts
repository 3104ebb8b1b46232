import type { GraftResult, GraftTask } from '#worker/page/protocol.ts';
import { imagesToPdf } from './images.ts';
import { graftPdf } from './pdf.ts';

/**
 * Writes the file as a PDF with the words that were read as a layer of invisible text: the pages of a
 * PDF as they are, a picture as a page of its size. Rejects with UNSUPPORTED_ENCRYPTION or
 * OUTPUT_FAILED, or as opening the file does.
 */
export function graftText(task: GraftTask): Promise<GraftResult> {
  return task.source.type === 'application/pdf' ? graftPdf(task) : imagesToPdf(task);
}
