import { collectWords } from '#server/search/words.ts';
import type { Handler } from './handler.ts';

export const collectSearchWords: Handler<'search.collect'> = ({ ctx }, { payload }) =>
  collectWords({ ctx, input: payload });
