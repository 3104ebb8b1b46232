import { correctWords } from '../../corrections/correct.ts';
import { findDoubts } from '../../corrections/doubts.ts';
import { listCorrections } from '../../corrections/list.ts';
import {
  correctionRefSchema,
  correctWordsSchema,
  doubtsSchema,
} from '../../corrections/schemas.ts';
import { undoCorrection } from '../../corrections/undo.ts';
import { pageRefSchema } from '../../documents/schemas.ts';
import { ownerProcedure, router } from '../init.ts';

export const correctionsRouter = router({
  list: ownerProcedure
    .input(pageRefSchema)
    .query(({ ctx: { ctx }, input }) => listCorrections({ ctx, input })),
  correct: ownerProcedure
    .input(correctWordsSchema)
    .mutation(({ ctx: { ctx }, input }) => correctWords({ ctx, input })),
  undo: ownerProcedure
    .input(correctionRefSchema)
    .mutation(({ ctx: { ctx }, input }) => undoCorrection({ ctx, input })),
  doubts: ownerProcedure
    .input(doubtsSchema)
    .query(({ ctx: { ctx }, input }) => findDoubts({ ctx, input })),
});
