/**
 * What is chosen after `id` was ticked or unticked: that one, or, `from` another one of the list, all
 * between them become as it does.
 */
export function selectRange(
  chosen: ReadonlySet<string>,
  list: string[],
  from: string | null,
  id: string,
): Set<string> {
  const next = new Set(chosen);
  const [start, end] = [list.indexOf(from ?? id), list.indexOf(id)];
  const range = start < 0 ? [id] : list.slice(Math.min(start, end), Math.max(start, end) + 1);
  const ticked = !chosen.has(id);
  for (const one of range) {
    if (ticked) next.add(one);
    else next.delete(one);
  }
  return next;
}
