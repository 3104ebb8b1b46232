import { z } from 'zod';
import { toFanfoldError } from '#server/errors.ts';
import { locatePageObject } from '#server/pages/locate.ts';
import { authenticate } from '#server/web/authenticate.ts';
import { errorResponse, refusal, unavailable } from '#server/web/responses.ts';
import { getWebServices } from '#server/web/services.ts';

export const dynamic = 'force-dynamic';

const paramsSchema = z.object({
  id: z.uuid(),
  page: z.coerce.number().int().positive(),
  object: z.enum(['image', 'thumbnail', 'layout']),
});

/** Seconds for which a browser may use the answer again: shorter than the address holds. */
const MAX_AGE = 240;

/** Sends the browser on to the object store, so that the picture never passes through this process. */
export async function GET(
  request: Request,
  { params }: { params: Promise<Record<string, string>> },
): Promise<Response> {
  const services = await getWebServices().catch(() => undefined);
  if (!services) return unavailable();
  const ownerId = authenticate(request, services.system.env);
  if (!ownerId) return refusal('UNAUTHORIZED');
  const parsed = paramsSchema.safeParse(await params);
  if (!parsed.success) return refusal('NOT_FOUND');
  try {
    const { id: documentId, page, object } = parsed.data;
    const ctx = { ...services.system, ownerId };
    const url = await locatePageObject({ ctx, input: { documentId, page, object } });
    const headers = { Location: url, 'Cache-Control': `private, max-age=${MAX_AGE}` };
    return new Response(null, { status: 302, headers });
  } catch (error) {
    return errorResponse(toFanfoldError(error));
  }
}
