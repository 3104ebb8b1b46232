import { z } from 'zod';
import { LAYOUT_VERSION, layoutSchema } from '#server/pages/layout.ts';
import { DOCUMENT_JSON_VERSION } from './json.ts';

const failedPageSchema = z.object({
  page: z.int().positive(),
  /** The codes are listed in docs/errors.md; later versions know more of them. */
  error: z.object({ code: z.string().regex(/^[A-Z_]+$/), sentence: z.string() }),
});

/** A document's JSON as it is written: every page's layout, or why it was not read. */
const documentJsonSchema = z.object({
  version: z.literal(DOCUMENT_JSON_VERSION),
  id: z.uuid(),
  fileName: z.string(),
  /** Of the file that was sent, hex. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  languages: z.array(z.string()),
  pageCount: z.int().nonnegative(),
  pages: z.array(
    z.union([layoutSchema.extend({ version: z.literal(LAYOUT_VERSION) }), failedPageSchema]),
  ),
});

/** The JSON Schema (2020-12) of a document's JSON. */
export function documentSchema(): object {
  return {
    title: 'Fanfold document',
    ...z.toJSONSchema(documentJsonSchema, { io: 'output', target: 'draft-2020-12' }),
  };
}
