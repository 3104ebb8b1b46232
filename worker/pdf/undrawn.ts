import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist';
import type { PDFOperatorList } from 'pdfjs-dist/types/src/display/api.js';
import { pdfjs } from './library.ts';

/** What pdf.js tells of an annotation, as far as it matters here. */
interface Annotation {
  subtype: string;
  hasAppearance: boolean;
  fieldValue?: unknown;
  textContent?: string[];
  contentsObj?: { str: string };
}

/** What is on the page but not drawn as it stands, as sentences. */
export async function undrawnParts(
  document: PDFDocumentProxy,
  page: PDFPageProxy,
  list: PDFOperatorList,
): Promise<string[]> {
  const annotations: Annotation[] = await page.getAnnotations().catch(() => []);
  const undrawn = annotations.filter(holdsUndrawnText).length;
  return [
    ...(undrawn > 0
      ? [
          `Form fields and notes whose text the file does not draw, so that it was not read: ${undrawn}.`,
        ]
      : []),
    ...((await hasHiddenLayers(document, list))
      ? ['The page has layers that are not shown; they were read as well.']
      : []),
  ];
}

/** Of a link it is what a screen reader says, of a window what its note holds, and of a field its name. */
const NO_NOTES = new Set(['Link', 'Popup', 'Widget', 'FreeText']);

function holdsUndrawnText(annotation: Annotation): boolean {
  const { subtype, hasAppearance, fieldValue, textContent } = annotation;
  // What is drawn of a note that is closed is its sign.
  if (!NO_NOTES.has(subtype)) return isText(annotation.contentsObj?.str);
  if (hasAppearance) return false;
  if (subtype === 'FreeText') return isText((textContent ?? []).join(''));
  return subtype === 'Widget' && [fieldValue].flat().some(isText);
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value.trim() !== '';
}

async function hasHiddenLayers(
  document: PDFDocumentProxy,
  { fnArray, argsArray }: PDFOperatorList,
): Promise<boolean> {
  const groups = fnArray.flatMap((operator, index) => {
    const [tag, group] = (argsArray[index] ?? []) as unknown[];
    return operator === pdfjs.OPS.beginMarkedContentProps && tag === 'OC' ? [group] : [];
  });
  if (groups.length === 0) return false;
  const layers = await document.getOptionalContentConfig().catch(() => null);
  return groups.some((group) => layers?.isVisible(group) === false);
}
