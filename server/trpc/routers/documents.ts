import { cancelDocument } from '../../documents/cancel.ts';
import { createDocument } from '../../documents/create.ts';
import { finalizeDocument } from '../../documents/finalize.ts';
import { getDocument } from '../../documents/get.ts';
import { listDocuments } from '../../documents/list.ts';
import { removeDocument } from '../../documents/remove.ts';
import { retryDocument } from '../../documents/retry.ts';
import {
  archiveSchema,
  createDocumentSchema,
  documentIdSchema,
  downloadSchema,
  listDocumentsSchema,
  presignPartsSchema,
  unlockDocumentSchema,
  updateDocumentSchema,
} from '../../documents/schemas.ts';
import { startDocumentNow } from '../../documents/start-now.ts';
import { listTags } from '../../documents/tags.ts';
import { unlockDocument } from '../../documents/unlock.ts';
import { updateDocument } from '../../documents/update.ts';
import { presignUploadParts, resumeUpload } from '../../documents/upload.ts';
import { prepareArchive } from '../../outputs/archive.ts';
import { downloadOutput } from '../../outputs/download.ts';
import { limitedProcedure, ownerProcedure, router } from '../init.ts';

export const documentsRouter = router({
  create: limitedProcedure('create')
    .input(createDocumentSchema)
    .mutation(({ ctx: { ctx }, input }) => createDocument({ ctx, input })),
  resumeUpload: limitedProcedure('presign')
    .input(documentIdSchema)
    .mutation(({ ctx: { ctx }, input }) => resumeUpload({ ctx, input })),
  presignParts: limitedProcedure('presign')
    .input(presignPartsSchema)
    .mutation(({ ctx: { ctx }, input }) => presignUploadParts({ ctx, input })),
  finalize: ownerProcedure
    .input(documentIdSchema)
    .mutation(({ ctx: { ctx }, input }) => finalizeDocument({ ctx, input })),
  get: ownerProcedure
    .input(documentIdSchema)
    .query(({ ctx: { ctx }, input }) => getDocument({ ctx, input })),
  list: ownerProcedure
    .input(listDocumentsSchema)
    .query(({ ctx: { ctx }, input }) => listDocuments({ ctx, input })),
  tags: ownerProcedure.query(({ ctx: { ctx } }) => listTags({ ctx })),
  update: ownerProcedure
    .input(updateDocumentSchema)
    .mutation(({ ctx: { ctx }, input }) => updateDocument({ ctx, input })),
  startNow: ownerProcedure
    .input(documentIdSchema)
    .mutation(({ ctx: { ctx }, input }) => startDocumentNow({ ctx, input })),
  cancel: ownerProcedure
    .input(documentIdSchema)
    .mutation(({ ctx: { ctx }, input }) => cancelDocument({ ctx, input })),
  retry: ownerProcedure
    .input(documentIdSchema)
    .mutation(({ ctx: { ctx }, input }) => retryDocument({ ctx, input })),
  unlock: ownerProcedure
    .input(unlockDocumentSchema)
    .mutation(({ ctx: { ctx }, input }) => unlockDocument({ ctx, input })),
  remove: ownerProcedure
    .input(documentIdSchema)
    .mutation(({ ctx: { ctx }, input }) => removeDocument({ ctx, input })),
  download: ownerProcedure
    .input(downloadSchema)
    .mutation(({ ctx: { ctx }, input }) => downloadOutput({ ctx, input })),
  /** Before `POST /api/archive`, which sends what is there. */
  prepareArchive: ownerProcedure
    .input(archiveSchema)
    .mutation(({ ctx: { ctx }, input }) => prepareArchive({ ctx, input })),
});
