import { type DocumentOptions, pageOptionsOf } from '#server/documents/schemas.ts';
import { requestTidy } from '#server/documents/tidy.ts';
import { limitsOf } from '#server/env.ts';
import { FanfoldError, toFanfoldError } from '#server/errors.ts';
import { type Claim, claimPage } from '#server/pages/claim.ts';
import { completePage, type HeldPage, notePageImages } from '#server/pages/complete.ts';
import { failPage, releasePage } from '#server/pages/fail.ts';
import { attemptKey } from '#server/storage/keys.ts';
import { retryDatabase } from '../database-retry.ts';
import { languagesToRead } from '../languages/asked.ts';
import type { Preview } from '../page/protocol.ts';
import { storePageImages } from '../page-images.ts';
import { withSourceFile } from '../page-source.ts';
import { recall } from '../recall.ts';
import type { WorkerServices } from '../services.ts';
import { retryStorage } from '../storage-retry.ts';
import { transcribe } from '../vision/transcribe.ts';
import { followAttempt } from './attempt.ts';
import type { HandledJob, Handler } from './handler.ts';

export const recognizePage: Handler<'page.recognize'> = async (services, job) => {
  const giveBack = await services.turns.take();
  try {
    job.signal.throwIfAborted();
    await recognizeInTurn(services, job, giveBack);
  } finally {
    giveBack();
  }
};

/** `onRead` is called when the page process has nothing more to do for the page. */
async function recognizeInTurn(
  services: WorkerServices,
  job: HandledJob<'page.recognize'>,
  onRead: () => void,
): Promise<void> {
  const { ctx, worker } = services;
  const claim = await retryDatabase(() => claimPage({ ctx, input: { ...job.payload, worker } }));
  if (!claim) return;
  const { documentId, pageId, page, ownerId } = job.payload;
  const held = { documentId, pageId, page, token: claim.token };
  const attempt = followAttempt(ctx, { ...held, ownerId }, job.signal);
  try {
    const mine = await readPage(services, held, claim, attempt, onRead);
    if (!mine) await requestTidy(ctx, documentId);
  } catch (error) {
    if (services.draining.aborted) await retryDatabase(() => releasePage({ ctx, input: held }));
    else if (attempt.signal.aborted) await requestTidy(ctx, documentId);
    else await settleFailure(services, job, held, error);
  } finally {
    attempt.end();
  }
}

/** False where the page was no longer the attempt's when it had been read. */
async function readPage(
  services: WorkerServices,
  held: HeldPage,
  { document }: Claim,
  attempt: ReturnType<typeof followAttempt>,
  onRead: () => void,
): Promise<boolean> {
  const { ctx } = services;
  const { signal } = attempt;
  const timeLimitMs = timeLimit(document.options, ctx.env.PAGE_TIMEOUT_MS);
  const languages = await languagesToRead(document.options.languages, ctx.env.TESSDATA_DIR);
  let images: Promise<unknown> = Promise.resolve();
  const show = (preview: Preview, version = held.token) => {
    images = retryStorage(
      () => storePageImages(ctx, { ...held, token: version }, preview),
      signal,
    ).then((stored) =>
      retryDatabase(() => notePageImages({ ctx, input: { ...held, images: stored } })),
    );
    images.catch(() => undefined);
  };
  const { layout, preview, timings, ...read } = await withSourceFile(
    services,
    document,
    signal,
    (source) =>
      services.pages.run(
        {
          kind: 'recognize',
          source,
          limits: limitsOf(ctx.env),
          page: held.page,
          ...languages,
          options: pageOptionsOf(document.options),
          engine: document.options.engine ?? ctx.env.FANFOLD_ENGINE,
          timeLimitMs,
        },
        {
          signal,
          timeoutMs: timeLimitMs,
          onProgress: attempt.progress,
          onPreview: (drawn) => show(drawn),
          answers: {
            transcribe: (jpeg) => transcribe(services, document, jpeg, signal),
            ...(!document.force && { recall: (known) => recall(ctx, document, known, signal) }),
          },
        },
      ),
  );
  onRead();
  await images;
  // The first picture showed the page as it came; it was turned since.
  if (preview && layout.rotation !== 0) {
    show(preview, `${held.token}-turned`);
    await images;
  }
  const layoutKey = attemptKey(held.documentId, held.page, held.token, 'layout.json');
  await retryStorage(
    () => ctx.storage.put(layoutKey, JSON.stringify(layout), 'application/json'),
    signal,
  );
  return retryDatabase(() =>
    completePage({ ctx, input: { ...held, layout, layoutKey, ...read, timings } }),
  );
}

/** Milliseconds; a document may ask for less than the server allows, never for more. */
function timeLimit({ pageTimeLimit }: DocumentOptions, most: number): number {
  return pageTimeLimit === null ? most : Math.min(most, pageTimeLimit * 1_000);
}

async function settleFailure(
  { ctx }: WorkerServices,
  job: HandledJob<'page.recognize'>,
  held: HeldPage,
  cause: unknown,
): Promise<void> {
  const error = atLast(toFanfoldError(cause), job.last);
  ctx.logger.warn({ err: error, ...held }, 'a page could not be read');
  const final = error.permanent || job.last;
  await retryDatabase(() => failPage({ ctx, input: { ...held, error, final } }));
  if (!error.permanent || error.code === 'WORKER_CRASHED') throw error;
}

/** A page whose process ended each time is told apart from one that crashed once. */
function atLast(error: FanfoldError, last: boolean): FanfoldError {
  const gaveUp = last && error.code === 'PAGE_CRASHED';
  return gaveUp
    ? new FanfoldError('WORKER_CRASHED', { detail: error.message, cause: error })
    : error;
}
