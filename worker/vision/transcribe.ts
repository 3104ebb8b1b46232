import { createHash } from 'node:crypto';
import type { DocumentRow } from '#db/schema/index.ts';
import { FanfoldError } from '#server/errors.ts';
import type { VisionAnswer } from '#server/pages/usage.ts';
import { findAnswer, keepAnswer } from '#server/vision/answers.ts';
import type { WorkerServices } from '../services.ts';
import type { VisionEndpoint } from './endpoint.ts';

/**
 * The text on the picture of a page: the answer that the owner was given before to the same question,
 * else the endpoint's, which is kept. Throws ENGINE_MISSING, or what the endpoint fails with.
 */
export async function transcribe(
  { ctx, vision }: Pick<WorkerServices, 'ctx' | 'vision'>,
  document: Pick<DocumentRow, 'id' | 'ownerId'>,
  jpeg: Uint8Array,
  signal: AbortSignal,
): Promise<VisionAnswer> {
  if (!vision) throw new FanfoldError('ENGINE_MISSING');
  const { id: documentId, ownerId } = document;
  const hash = questionHash(vision, jpeg);
  const known = await findAnswer({ ctx, input: { ownerId, hash } });
  if (known) return { ...known, usage: freeOf(known) };
  const answer = await vision.read(jpeg, signal);
  await keepAnswer({ ctx, input: { documentId, ownerId, hash, answer } });
  return answer;
}

function freeOf({ usage }: VisionAnswer): VisionAnswer['usage'] {
  const cost = usage.cost === null ? null : 0;
  return { promptTokens: 0, completionTokens: 0, cost, cached: true };
}

function questionHash({ model, prompt }: VisionEndpoint, jpeg: Uint8Array): string {
  return createHash('sha256')
    .update(JSON.stringify([model, prompt]))
    .update(jpeg)
    .digest('hex');
}
