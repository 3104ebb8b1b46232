import { and, eq } from 'drizzle-orm';
import { visionAnswers } from '#db/schema/index.ts';
import type { SystemContext } from '../context.ts';
import type { VisionAnswer } from '../pages/usage.ts';

interface AnswerKey {
  ownerId: string;
  /** SHA-256 of the picture, the prompt and the model. */
  hash: string;
}

/** What a model answered before to the same question of the same owner. */
export async function findAnswer({
  ctx,
  input,
}: {
  ctx: SystemContext;
  input: AnswerKey;
}): Promise<VisionAnswer | undefined> {
  const [row] = await ctx.db
    .select({ answer: visionAnswers.answer })
    .from(visionAnswers)
    .where(and(eq(visionAnswers.ownerId, input.ownerId), eq(visionAnswers.hash, input.hash)))
    .limit(1);
  return row?.answer;
}

/** Keeps an answer for as long as the document that asked for it is there. */
export async function keepAnswer({
  ctx,
  input,
}: {
  ctx: SystemContext;
  input: AnswerKey & { documentId: string; answer: VisionAnswer };
}): Promise<void> {
  await ctx.db.insert(visionAnswers).values(input).onConflictDoNothing();
}
