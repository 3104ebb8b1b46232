import { listDocuments } from '../documents/list.ts';
import { listDocumentsSchema } from '../documents/schemas.ts';
import { authenticate } from './authenticate.ts';
import { getWebServices } from './services.ts';

/**
 * Whether who asks for the list has any documents, so that the page comes in the shape that it will
 * keep. True where that cannot be told now: the page then finds out by itself.
 */
export async function hasDocuments(headers: {
  get(name: string): string | null;
}): Promise<boolean> {
  try {
    const { system } = await getWebServices();
    const ownerId = authenticate({ method: 'GET', headers }, system.env);
    if (!ownerId) return true;
    const input = listDocumentsSchema.parse({ limit: 1 });
    const { documents } = await listDocuments({ ctx: { ...system, ownerId }, input });
    return documents.length > 0;
  } catch {
    return true;
  }
}
