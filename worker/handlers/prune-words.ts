import { pruneWords } from '#server/search/words.ts';
import type { Handler } from './handler.ts';

export const pruneSearchWords: Handler<'search.prune'> = async ({ ctx }) => {
  const words = await pruneWords({ ctx });
  ctx.logger.info({ words }, 'forgot the words of pages that are gone');
};
