import { Readable } from 'node:stream';
import { archiveSchema } from '#server/documents/schemas.ts';
import { toFanfoldError } from '#server/errors.ts';
import { streamArchive } from '#server/outputs/archive.ts';
import { attachment } from '#server/storage/presign.ts';
import { authenticate } from '#server/web/authenticate.ts';
import { errorResponse, refusal, unavailable } from '#server/web/responses.ts';
import { getWebServices } from '#server/web/services.ts';

export const dynamic = 'force-dynamic';

/** Bytes of a form with as many ids as are taken. */
const MOST_FORM_BYTES = 64 * 1024;

/**
 * Outputs of several documents as one zip: a form with `documentIds` and `formats`, each separated by
 * commas. It is sent as it is put together, with its length where that is known.
 */
export async function POST(request: Request): Promise<Response> {
  const services = await getWebServices().catch(() => undefined);
  if (!services) return unavailable();
  const ownerId = authenticate(request, services.system.env);
  if (!ownerId) return refusal('UNAUTHORIZED');
  if (Number(request.headers.get('content-length') ?? Infinity) > MOST_FORM_BYTES) {
    return refusal('INVALID_INPUT');
  }
  const form = await request.formData().catch(() => undefined);
  const list = (name: string) => String(form?.get(name) ?? '').split(',');
  const input = archiveSchema.safeParse({
    documentIds: list('documentIds'),
    formats: list('formats'),
  });
  if (!input.success) return refusal('INVALID_INPUT');
  try {
    const ctx = { ...services.system, ownerId };
    const { stream, size } = await streamArchive({ ctx, input: input.data });
    stream.on('error', (err) => ctx.logger.warn({ err }, 'an archive broke off'));
    return new Response(Readable.toWeb(stream) as ReadableStream, { headers: headersOf(size) });
  } catch (error) {
    return errorResponse(toFanfoldError(error));
  }
}

function headersOf(size: number | null): Record<string, string> {
  const day = new Date().toISOString().slice(0, 10);
  return {
    'Content-Type': 'application/zip',
    'Content-Disposition': attachment(`fanfold-${day}.zip`),
    'Cache-Control': 'no-store',
    'X-Accel-Buffering': 'no',
    ...(size !== null && { 'Content-Length': String(size) }),
  };
}
