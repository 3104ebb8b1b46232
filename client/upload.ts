import type { z } from 'zod';
import type { scheduleSchema } from '#server/documents/schedule.ts';
import type { DocumentOptions, Retention } from '#server/documents/schemas.ts';
import type { UploadPlan } from '#server/documents/upload.ts';
import type { DocumentView } from '#server/documents/view.ts';
import { asFanfoldError, FanfoldClientError, fanfoldErrorOf } from './errors.ts';
import type { FanfoldClient } from './index.ts';
import { type Persistence, persist } from './persist.ts';
import { hashSource, type UploadSource } from './source.ts';
import { sendFile } from './upload-file.ts';

export type { UploadSource } from './source.ts';

/** `bytes` of `total` are done in this phase. */
export interface UploadProgress {
  phase: 'hashing' | 'uploading' | 'finishing';
  bytes: number;
  total: number;
}

export interface UploadOptions {
  options?: Partial<DocumentOptions> | undefined;
  /** `bulk` waits until nothing `interactive` does, which is the default. */
  priority?: DocumentView['priority'] | undefined;
  /** Goes on with an upload that was begun before, of the same file. */
  resume?: { documentId: string } | undefined;
  signal?: AbortSignal | undefined;
  onProgress?: ((progress: UploadProgress) => void) | undefined;
  schedule?: z.input<typeof scheduleSchema> | undefined;
  /** How many days what is named is kept after the document's end. */
  retention?: Retention | undefined;
  /** Reads a file again that was read with the same options before. */
  force?: boolean | undefined;
  /**
   * When the server knows the file and the first byte is about to go up; `known` where it has read
   * the file with the same options before, or is reading it, and nothing goes up.
   */
  onDocument?: ((document: DocumentView, known: boolean) => void) | undefined;
  /** Milliseconds before the second try after a lost connection. */
  firstWait?: number | undefined;
}

/**
 * Uploads a file and queues it. Goes on by itself after a lost connection. Returns the document,
 * which is an earlier one where the file is known and `force` is not given, and is `failed` with its reason where the server looked at the file and refused it. Rejects with
 * an error that `fanfoldErrorOf` reads, or with the signal's reason; the document, if there is one
 * by then, stays `awaiting_upload` for the caller to resume or remove.
 */
export async function uploadDocument(
  client: FanfoldClient,
  source: UploadSource,
  given: UploadOptions = {},
): Promise<DocumentView> {
  const signal = given.signal ?? new AbortController().signal;
  const retry = { signal, firstWait: given.firstWait };
  const upload: Upload = { ...given, client, source, signal, retry };
  try {
    const sha256 = await hashFile(upload);
    const begun = await (given.resume
      ? resume(upload, given.resume.documentId, sha256)
      : create(upload, sha256));
    given.onDocument?.(begun.document, begun.known);
    return begun.plan ? await finish(upload, begun.document.id, begun.plan) : begun.document;
  } catch (error) {
    signal.throwIfAborted();
    throw asFanfoldError(error);
  }
}

interface Upload extends UploadOptions {
  client: FanfoldClient;
  source: UploadSource;
  signal: AbortSignal;
  retry: Persistence;
}

interface Begun {
  document: DocumentView;
  /** Null where nothing is left to do. */
  plan: UploadPlan | null;
  known: boolean;
}

function hashFile({ source, signal, onProgress }: Upload): Promise<string> {
  const total = source.size;
  onProgress?.({ phase: 'hashing', bytes: 0, total });
  const onBytes = (bytes: number) => onProgress?.({ phase: 'hashing', bytes, total });
  return hashSource(source, { signal, onBytes });
}

async function create(upload: Upload, sha256: string): Promise<Begun> {
  const { client, source, signal, options = {}, priority, schedule, retention, force } = upload;
  const input = {
    fileName: source.name,
    contentType: source.type || 'application/octet-stream',
    size: source.size,
    sha256,
    options,
    priority,
    schedule,
    retention,
    force,
    clientRequestId: randomId(),
  };
  const call = () => client.documents.create.mutate(input, { signal });
  const { document, upload: plan, known } = await persist(call, upload.retry);
  return { document, plan, known };
}

async function resume(upload: Upload, documentId: string, sha256: string): Promise<Begun> {
  const { client, signal, retry } = upload;
  const document = await persist(
    () => client.documents.get.query({ documentId }, { signal }),
    retry,
  );
  if (document.sha256 !== sha256) {
    const sentence = 'This is not the file whose upload was begun. Choose that one.';
    throw new FanfoldClientError('UPLOAD_MISMATCH', sentence);
  }
  if (document.status !== 'awaiting_upload') return { document, plan: null, known: false };
  return { document, plan: await planRest(upload, documentId), known: false };
}

function planRest({ client, signal, retry }: Upload, documentId: string): Promise<UploadPlan> {
  return persist(() => client.documents.resumeUpload.mutate({ documentId }, { signal }), retry);
}

async function finish(upload: Upload, documentId: string, plan: UploadPlan): Promise<DocumentView> {
  const { client, source, signal, retry, onProgress } = upload;
  const total = source.size;
  const send = (rest: UploadPlan) =>
    sendFile({
      client,
      source,
      documentId,
      plan: rest,
      retry,
      tell: (bytes) => onProgress?.({ phase: 'uploading', bytes, total }),
    });
  const finalize = () => {
    onProgress?.({ phase: 'finishing', bytes: total, total });
    return persist(() => client.documents.finalize.mutate({ documentId }, { signal }), retry);
  };
  await send(plan);
  return finalize().catch(async (error: unknown) => {
    if (fanfoldErrorOf(error)?.code !== 'UPLOAD_MISSING') throw error;
    await send(await planRest(upload, documentId));
    return finalize();
  });
}

/** 128 random bits; `crypto.randomUUID` is not there in a page without TLS. */
function randomId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
