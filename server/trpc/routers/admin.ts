import { z } from 'zod';
import { discardDeadLetters } from '../../dead-letters/discard.ts';
import { listDeadLetters, showDeadLetter } from '../../dead-letters/list.ts';
import { redriveDeadLetters } from '../../dead-letters/redrive.ts';
import {
  deadLetterFilterSchema,
  deadLetterIdSchema,
  listDeadLettersSchema,
} from '../../dead-letters/schemas.ts';
import { readOverview } from '../../operations/overview.ts';
import { reconcile } from '../../reconcile/reconcile.ts';
import { reconcileSchema } from '../../reconcile/schemas.ts';
import { adminProcedure, router } from '../init.ts';

const redriveSchema = deadLetterFilterSchema.extend({ preview: z.boolean().default(false) });

/** What concerns the whole installation, whoever owns the documents. */
export const adminRouter = router({
  overview: adminProcedure.query(({ ctx: { ctx } }) => readOverview({ ctx })),
  reconcile: adminProcedure
    .input(reconcileSchema)
    .mutation(({ ctx: { ctx }, input }) => reconcile({ ctx, input })),
  deadLetters: router({
    list: adminProcedure
      .input(listDeadLettersSchema)
      .query(({ ctx: { ctx }, input }) => listDeadLetters({ ctx, input })),
    show: adminProcedure
      .input(deadLetterIdSchema)
      .query(({ ctx: { ctx }, input }) => showDeadLetter({ ctx, input })),
    redrive: adminProcedure
      .input(redriveSchema)
      .mutation(({ ctx: { ctx }, input }) => redriveDeadLetters({ ctx, input })),
    discard: adminProcedure
      .input(deadLetterFilterSchema)
      .mutation(({ ctx: { ctx }, input }) => discardDeadLetters({ ctx, input })),
  }),
});
