import { FanfoldError } from '#server/errors.ts';
import type { InspectResult, Limits, SourceFile } from '#worker/page/protocol.ts';
import { isTooSmall, readMetadata, requireDecodable } from './metadata.ts';
import { holdsMorePictures, MORE_PICTURES } from './more-pictures.ts';
import { countTiffPages, type TiffPages } from './tiff-pages.ts';

/** What a reader of an animated picture should know. */
export const ANIMATED = 'The picture is animated; only its first frame is read.';

/**
 * Counts the pages of an image file: more than one in a TIFF only. Rejects as `readMetadata` does, and
 * with IMAGE_TOO_SMALL or TOO_MANY_PAGES.
 */
export async function inspectImage(source: SourceFile, limits: Limits): Promise<InspectResult> {
  const { metadata, count } = await readMetadata(source, 1, limits);
  const pages = source.type === 'image/tiff' ? await countTiffPages(source.path) : null;
  if (pages && (count > 1 || pages.broken)) return inspectTiff(count, pages, limits);
  requireDecodable(
    { width: metadata.width, height: metadata.pageHeight ?? metadata.height },
    limits,
  );
  if (isTooSmall(metadata)) {
    throw new FanfoldError('IMAGE_TOO_SMALL', {
      detail: `${metadata.width} × ${metadata.height} pixels`,
    });
  }
  const more = await holdsMorePictures(source);
  return {
    pageCount: 1,
    warnings: [...(count > 1 ? [ANIMATED] : []), ...(more ? [MORE_PICTURES] : [])],
  };
}

function inspectTiff(
  decodable: number,
  { count: listed, broken }: TiffPages,
  limits: Limits,
): InspectResult {
  const pageCount = Math.max(decodable, listed);
  if (pageCount > limits.maxPages) {
    throw new FanfoldError('TOO_MANY_PAGES', {
      sentence: `The file has ${pageCount} pages; this server accepts ${limits.maxPages}.`,
    });
  }
  const warnings: string[] = [];
  if (listed !== 0 && listed !== decodable) {
    warnings.push(`The file lists ${listed} pages, of which ${decodable} can be opened.`);
  }
  if (broken) {
    warnings.push(`The list of its pages is damaged; it may have had more than ${pageCount}.`);
  }
  return { pageCount, warnings };
}
