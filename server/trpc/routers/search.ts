import { searchPages } from '../../search/pages.ts';
import { searchPagesSchema } from '../../search/schemas.ts';
import { ownerProcedure, router } from '../init.ts';

export const searchRouter = router({
  pages: ownerProcedure
    .input(searchPagesSchema)
    .query(({ ctx: { ctx }, input }) => searchPages({ ctx, input })),
});
