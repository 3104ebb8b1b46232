import type { DocumentRow } from '#db/schema/index.ts';
import { openPassword } from '#server/documents/password.ts';
import type { SourceType } from '#server/documents/source-types.ts';
import type { SourceFile } from './page/protocol.ts';
import type { WorkerServices } from './services.ts';

/** Calls `use` with the document's file as the page processes take it. See `SourceCache`. */
export function withSourceFile<T>(
  services: WorkerServices,
  document: DocumentRow,
  signal: AbortSignal,
  use: (source: SourceFile) => Promise<T>,
): Promise<T> {
  const { passwordCiphertext: sealed, contentType } = document;
  const secret = services.ctx.env.FANFOLD_SECRET;
  const password = sealed ? openPassword(secret, document.id, sealed) : undefined;
  return services.sources.with(document, signal, (path) =>
    use({ path, type: contentType as SourceType, password }),
  );
}
