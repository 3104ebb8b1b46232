import { applyRetention } from '#server/retention/apply.ts';
import { abortOldUploads } from '#server/retention/uploads.ts';
import type { Handler } from './handler.ts';

export const retention: Handler<'retention'> = async ({ ctx }) => {
  const retired = await applyRetention({ ctx });
  const uploads = await abortOldUploads({ ctx });
  if (retired.pruned + retired.deleted + uploads > 0) {
    ctx.logger.info({ ...retired, uploads }, 'removed what is older than its days');
  }
};
