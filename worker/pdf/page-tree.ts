/** A dictionary as pdf.js has it; values may be references. */
export interface PdfDictionary {
  getRaw(key: string): unknown;
}

/** Nodes of a tree, and children of a node, that are looked at. */
const MAX_NODES = 100;
const MAX_CHILDREN = 200;

/**
 * Whether a tree of pages holds more of them than one of its nodes counts: readers go by the count,
 * and never see the others. `resolve` follows a reference.
 */
export async function countsTooFew(
  root: PdfDictionary,
  resolve: (value: unknown) => Promise<unknown>,
): Promise<boolean> {
  const nodes = [root];
  for (const node of nodes) {
    const kids = await resolve(node.getRaw('Kids'));
    if (!Array.isArray(kids)) continue;
    const looked = await Promise.all(kids.slice(0, MAX_CHILDREN).map(resolve));
    const inner = looked.filter(isNode);
    const counts = await Promise.all(inner.map((child) => resolve(child.getRaw('Count'))));
    const within = counts.filter(isCount).reduce((sum, count) => sum + count, 0);
    const count = await resolve(node.getRaw('Count'));
    if (!isCount(count) || count < within + kids.length - inner.length) return kids.length > 0;
    nodes.push(...inner.slice(0, MAX_NODES - nodes.length));
  }
  return false;
}

function isNode(value: unknown): value is PdfDictionary {
  const dictionary = value as PdfDictionary | null;
  return typeof dictionary?.getRaw === 'function' && dictionary.getRaw('Kids') !== undefined;
}

function isCount(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 0;
}
