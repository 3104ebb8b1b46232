import { rewriteOutputs } from '#server/outputs/rewrite.ts';
import type { Handler } from './handler.ts';

export const rewriteDocument: Handler<'document.rewrite'> = ({ ctx }, { payload }) =>
  rewriteOutputs({ ctx, input: payload });
