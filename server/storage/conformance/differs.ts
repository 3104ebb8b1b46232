export type TargetName = 'embedded' | 'radosgw';

/** Checks that a target fails, by title, and why that is known and accepted. */
export const DIFFERS: Record<TargetName, Record<string, string>> = {
  embedded: {},
  radosgw: {},
};
