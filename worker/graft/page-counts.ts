import {
  PDFArray,
  type PDFContext,
  PDFDict,
  PDFName,
  PDFNumber,
  type PDFObject,
  PDFRef,
} from '@cantoo/pdf-lib';

const COUNT = PDFName.of('Count');
const KIDS = PDFName.of('Kids');
/** Levels of a tree that is no loop. */
const MAX_DEPTH = 64;

/**
 * The nodes of the page tree below `root` whose count is not that of the pages below them, as they
 * should be: a reader that believes a low one shows the first pages only. None where the tree is a loop.
 */
export function correctedCounts(context: PDFContext, root: PDFRef): Map<PDFRef, PDFDict> {
  const corrected = new Map<PDFRef, PDFDict>();
  const seen = new Set<PDFRef>();
  function count(object: PDFObject, depth: number): number {
    const node = context.lookup(object);
    const kids = node instanceof PDFDict ? context.lookup(node.get(KIDS)) : undefined;
    if (!(node instanceof PDFDict && kids instanceof PDFArray)) return 1;
    if (object instanceof PDFRef) {
      if (depth > MAX_DEPTH || seen.has(object)) throw new RangeError('the page tree is a loop');
      seen.add(object);
    }
    const below = kids.asArray().reduce((sum, kid) => sum + count(kid, depth + 1), 0);
    const counted = context.lookup(node.get(COUNT));
    const right = counted instanceof PDFNumber && counted.asNumber() === below;
    if (!right && object instanceof PDFRef) {
      const copy = node.clone();
      copy.set(COUNT, PDFNumber.of(below));
      corrected.set(object, copy);
    }
    return below;
  }
  try {
    count(root, 0);
    return corrected;
  } catch {
    return new Map();
  }
}
