import { createHash } from 'node:crypto';
import { LAYOUT_VERSION } from '#server/pages/layout.ts';
import type { Engine } from '#worker/ocr/engine.ts';
import packageFile from '../../package.json' with { type: 'json' };
import type { DrawnPage } from './prepared.ts';
import type { RecognizeTask } from './protocol.ts';
import type { GrayRaster } from './raster.ts';

/**
 * SHA-256, as hex, over all that the layout of a page is made from: the pixels that are read, the text
 * that the page has, what is asked for, the engine with its data, and the version of this code. Pages
 * of one fingerprint have one layout, but for their number. Null where the engine reads every page anew.
 */
export async function fingerprintOf(
  task: RecognizeTask,
  page: DrawnPage,
  toRead: GrayRaster,
  engine: Engine,
): Promise<string | null> {
  const { languages, candidates = [], options, limits } = task;
  const { native, reason, warnings } = page;
  const { data, ...shape } = toRead;
  const identity = await engine.identify?.([...languages, ...candidates]);
  if (identity === undefined) return null;
  const code = [packageFile.version, LAYOUT_VERSION, engine.name, identity];
  const asked = [languages, candidates, options, limits.maxTextLength];
  return createHash('sha256')
    .update(JSON.stringify([code, asked, shape, native, reason, warnings]))
    .update(data)
    .digest('hex');
}
