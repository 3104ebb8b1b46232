import { getOwnedDocument } from '../documents/internal.ts';
import { FanfoldError } from '../errors.ts';
import { authenticate } from './authenticate.ts';
import { getWebServices } from './services.ts';

/**
 * Whether a page is asked for whose document is not there, so that it is answered with 404. False
 * where that cannot be told now: the page then finds out by itself.
 */
export async function isMissingDocument(
  documentId: string,
  headers: { get(name: string): string | null },
): Promise<boolean> {
  try {
    const { system } = await getWebServices();
    const ownerId = authenticate({ method: 'GET', headers }, system.env);
    if (ownerId) await getOwnedDocument({ ...system, ownerId }, documentId);
    return false;
  } catch (error) {
    return error instanceof FanfoldError && error.code === 'NOT_FOUND';
  }
}
