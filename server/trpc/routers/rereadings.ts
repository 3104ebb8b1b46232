import { pageRefSchema } from '../../documents/schemas.ts';
import { dropRereading, takeRereading } from '../../rereadings/choose.ts';
import { getRereading } from '../../rereadings/get.ts';
import { rereadPages } from '../../rereadings/request.ts';
import { rereadingRefSchema, rereadPagesSchema } from '../../rereadings/schemas.ts';
import { ownerProcedure, router } from '../init.ts';

export const rereadingsRouter = router({
  get: ownerProcedure
    .input(pageRefSchema)
    .query(({ ctx: { ctx }, input }) => getRereading({ ctx, input })),
  request: ownerProcedure
    .input(rereadPagesSchema)
    .mutation(({ ctx: { ctx }, input }) => rereadPages({ ctx, input })),
  take: ownerProcedure
    .input(rereadingRefSchema)
    .mutation(({ ctx: { ctx }, input }) => takeRereading({ ctx, input })),
  drop: ownerProcedure
    .input(rereadingRefSchema)
    .mutation(({ ctx: { ctx }, input }) => dropRereading({ ctx, input })),
});
