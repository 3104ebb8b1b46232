import { drawPagesSchema, listPagesSchema, pageRefSchema } from '../../documents/schemas.ts';
import { listAttempts } from '../../pages/attempts.ts';
import { enlargePage } from '../../pages/enlarge.ts';
import { getPageText, listPages } from '../../pages/list.ts';
import { requestPreviews } from '../../pages/preview.ts';
import { retryPage } from '../../pages/retry.ts';
import { ownerProcedure, router } from '../init.ts';

export const pagesRouter = router({
  list: ownerProcedure
    .input(listPagesSchema)
    .query(({ ctx: { ctx }, input }) => listPages({ ctx, input })),
  text: ownerProcedure
    .input(pageRefSchema)
    .query(({ ctx: { ctx }, input }) => getPageText({ ctx, input })),
  enlarge: ownerProcedure
    .input(pageRefSchema)
    .mutation(({ ctx: { ctx }, input }) => enlargePage({ ctx, input })),
  attempts: ownerProcedure
    .input(pageRefSchema)
    .query(({ ctx: { ctx }, input }) => listAttempts({ ctx, input })),
  draw: ownerProcedure
    .input(drawPagesSchema)
    .mutation(({ ctx: { ctx }, input }) => requestPreviews({ ctx, input })),
  retry: ownerProcedure
    .input(pageRefSchema)
    .mutation(({ ctx: { ctx }, input }) => retryPage({ ctx, input })),
});
