import { pageOptionsOf } from '#server/documents/schemas.ts';
import { requestTidy } from '#server/documents/tidy.ts';
import { limitsOf } from '#server/env.ts';
import { toFanfoldError } from '#server/errors.ts';
import type { JobPayload } from '#server/jobs/catalog.ts';
import { failRereading, findRereading, finishRereading } from '#server/rereadings/finish.ts';
import { attemptKey } from '#server/storage/keys.ts';
import { retryDatabase } from '../database-retry.ts';
import { languagesToRead } from '../languages/asked.ts';
import { storePageImages } from '../page-images.ts';
import { withSourceFile } from '../page-source.ts';
import type { WorkerServices } from '../services.ts';
import { retryStorage } from '../storage-retry.ts';
import { transcribe } from '../vision/transcribe.ts';
import type { Handler } from './handler.ts';

/** Reads a page once more with other settings, beside what was read of it. */
export const rereadPage: Handler<'page.reread'> = async (services, job) => {
  const { ctx } = services;
  const input = job.payload;
  const found = await findRereading({ ctx, input });
  if (!found) return;
  const { signal } = job;
  try {
    const read = await readAgain(services, input, found, signal);
    const kept = await retryDatabase(() => finishRereading({ ctx, input: { ...input, ...read } }));
    if (!kept) await requestTidy(ctx, input.documentId);
  } catch (cause) {
    const error = toFanfoldError(cause);
    if (signal.aborted || !(error.permanent || job.last)) throw error;
    ctx.logger.warn({ err: error, ...input }, 'a page could not be read again');
    await retryDatabase(() => failRereading({ ctx, input: { ...input, error } }));
  }
};

type Found = NonNullable<Awaited<ReturnType<typeof findRereading>>>;

async function readAgain(
  services: WorkerServices,
  { documentId, page, rereadingId }: JobPayload<'page.reread'>,
  { document, rereading }: Found,
  signal: AbortSignal,
) {
  const { ctx } = services;
  const options = { ...document.options, ...rereading.options };
  const languages = await languagesToRead(options.languages, ctx.env.TESSDATA_DIR);
  const { layout, preview, usage } = await withSourceFile(services, document, signal, (source) =>
    services.pages.run(
      {
        kind: 'recognize',
        source,
        limits: limitsOf(ctx.env),
        page,
        ...languages,
        options: pageOptionsOf(options),
        engine: options.engine ?? ctx.env.FANFOLD_ENGINE,
        timeLimitMs: ctx.env.PAGE_TIMEOUT_MS,
      },
      { signal, answers: { transcribe: (jpeg) => transcribe(services, document, jpeg, signal) } },
    ),
  );
  const place = { documentId, page, token: rereadingId };
  const images =
    preview && (await retryStorage(() => storePageImages(ctx, place, preview), signal));
  const layoutKey = attemptKey(documentId, page, rereadingId, 'layout.json');
  const body = JSON.stringify(layout);
  await retryStorage(() => ctx.storage.put(layoutKey, body, 'application/json'), signal);
  return { layout, layoutKey, images, usage: usage ?? null };
}
