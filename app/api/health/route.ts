import { unavailable } from '#server/web/responses.ts';
import { getWebServices } from '#server/web/services.ts';

export const dynamic = 'force-dynamic';

/** 200 while requests can be answered, else 503. */
export async function GET(): Promise<Response> {
  try {
    const services = await getWebServices();
    await services.check();
    return Response.json({ status: 'ok' });
  } catch {
    return unavailable();
  }
}
