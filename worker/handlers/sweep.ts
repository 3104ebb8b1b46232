import { sweepDocuments } from '#server/documents/sweep.ts';
import { forgetAnnouncements } from '#server/live/announce.ts';
import type { Handler } from './handler.ts';

export const sweep: Handler<'sweep'> = async ({ ctx }) => {
  await forgetAnnouncements(ctx.db);
  const mended = await sweepDocuments({ ctx });
  if (Object.values(mended).some((count) => count > 0)) {
    ctx.logger.warn(mended, 'the sweep mended what a crash left behind');
  }
};
