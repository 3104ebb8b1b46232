import type { Assembly } from '#server/documents/assemble.ts';
import { limitsOf } from '#server/env.ts';
import { FanfoldError, toFanfoldError } from '#server/errors.ts';
import { withSourceFile } from '../page-source.ts';
import type { WorkerServices } from '../services.ts';
import type { OutputSource } from './index.ts';

/** Milliseconds that a page adds to the time that the document's file may take. */
const GRAFT_MS_PER_PAGE = 500;

/** The uploaded file of a document, opened in a page process. */
export function outputSource(
  services: WorkerServices,
  { document, pages }: Assembly,
  signal: AbortSignal,
): Pick<OutputSource, 'graft'> {
  const { env } = services.ctx;
  const timeoutMs = env.PAGE_TIMEOUT_MS + pages.length * GRAFT_MS_PER_PAGE;
  return {
    graft: (paths) =>
      withSourceFile(services, document, signal, (source) =>
        services.light.run(
          { kind: 'graft', source, limits: limitsOf(env), ...paths },
          { signal, timeoutMs },
        ),
      ).catch((error) => {
        throw signal.aborted ? error : ofTheOutput(toFanfoldError(error));
      }),
  };
}

/** The codes of a page would speak of a page. */
function ofTheOutput(error: FanfoldError): FanfoldError {
  const sentence = {
    PAGE_TIMEOUT: 'Making the PDF took longer than the limit.',
    PAGE_OUT_OF_MEMORY: 'Making the PDF needed more memory than the limit.',
  }[error.code as string];
  if (!sentence) return error;
  return new FanfoldError('OUTPUT_FAILED', { sentence, detail: error.message, cause: error });
}
