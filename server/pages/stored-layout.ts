import { json } from 'node:stream/consumers';
import type { ObjectStorage } from '../storage/client.ts';
import { type Layout, layoutSchema } from './layout.ts';

/** A layout from the object store, also one of an earlier version. */
export async function readLayout(
  storage: ObjectStorage,
  key: string,
  options: { signal?: AbortSignal } = {},
): Promise<Layout> {
  return layoutSchema.parse(await json(await storage.read(key, options)));
}

/** What tells the layouts of a page apart, as callers see it. */
export function layoutVersion(layoutKey: string): string {
  return layoutKey.split('/').at(-2) ?? layoutKey;
}
