import { listEngines } from '../../engines/list.ts';
import { listLanguages } from '../../languages/list.ts';
import { ownerProcedure, router } from '../init.ts';

export const systemRouter = router({
  /** What this server accepts; sizes in bytes. */
  info: ownerProcedure.query(async ({ ctx: { ctx } }) => ({
    languages: (await listLanguages(ctx.env.TESSDATA_DIR)).filter((name) => name !== 'osd'),
    /** The default first. */
    engines: await listEngines(ctx.env),
    maxFileBytes: ctx.env.MAX_FILE_BYTES,
    maxPages: ctx.env.MAX_PAGES,
  })),
});
