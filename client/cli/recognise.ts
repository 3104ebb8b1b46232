import type { OutputFormat } from '#server/documents/formats.ts';
import type { DocumentDetail } from '#server/documents/get.ts';
import type { DocumentOptions } from '#server/documents/schemas.ts';
import type { DocumentView } from '#server/documents/view.ts';
import { asFanfoldError } from '../errors.ts';
import type { FanfoldClient } from '../index.ts';
import { persist } from '../persist.ts';
import { uploadDocument } from '../upload.ts';
import { saveOutput } from './download.ts';
import { followDocument, uploadState } from './follow.ts';
import type { InputFile } from './inputs.ts';
import type { FileProgress } from './progress.ts';
import type { FileRequest } from './request.ts';
import { brokenResult, type FileResult, listFailedPages, resultOf, shapeOf } from './result.ts';
import { openSource } from './source-file.ts';

export interface Recognition {
  client: FanfoldClient;
  input: InputFile;
  options: Partial<DocumentOptions>;
  password: string | undefined;
  request: FileRequest;
  /** Where results go; undefined where they are not written to files. */
  target: { out: string; stem: string; formats: OutputFormat[]; force: boolean } | undefined;
  progress: FileProgress;
  signal: AbortSignal;
}

/** Milliseconds in which a document is taken back after Ctrl-C. */
const GOODBYE = 5_000;

/** Takes one file from upload to results. What goes wrong is in the result; never rejects. */
export async function recognise(job: Recognition): Promise<FileResult> {
  const { client, input, signal } = job;
  let documentId: string | null = null;
  let begun: string | null = null;
  try {
    signal.throwIfAborted();
    const uploaded = await upload(job, (id) => {
      begun = documentId = id;
    });
    documentId = uploaded.id;
    const document = await readOn(job, uploaded);
    const pages = await listFailedPages(client, document, signal);
    const result = resultOf(input.shown, document, pages);
    return await withOutputs(job, document, { ...result, known: documentId !== begun });
  } catch (error) {
    const status = signal.aborted ? 'canceled' : 'failed';
    if (signal.aborted && begun) await takeBack(client, begun);
    return brokenResult(input.shown, { documentId, status, error: asFanfoldError(error) });
  }
}

/** `onBegun` learns of a document that was not there before. */
async function upload(job: Recognition, onBegun: (id: string) => void): Promise<DocumentView> {
  const { client, input, options, request, signal, progress } = job;
  return uploadDocument(client, await openSource(input.path), {
    options,
    ...request,
    signal,
    onProgress: (state) => progress.update(uploadState(state)),
    onDocument: ({ id }, known) => {
      if (!known) onBegun(id);
    },
  });
}

/** Waits for the document's end; not where it waits for its time. */
async function readOn(job: Recognition, uploaded: DocumentView): Promise<DocumentDetail> {
  const { client, password, signal } = job;
  const { id: documentId } = uploaded;
  if (uploaded.startAt) return client.documents.get.query({ documentId }, { signal });
  const document = await followDocument(client, documentId, job);
  if (document.error?.code !== 'PASSWORD_REQUIRED' || password === undefined) return document;
  await persist(() => client.documents.unlock.mutate({ documentId, password }, { signal }), job);
  return followDocument(client, documentId, job);
}

async function withOutputs(
  { client, target, signal }: Recognition,
  document: DocumentDetail,
  result: FileResult,
): Promise<FileResult> {
  if (!target || document.state !== 'DONE') return result;
  const outputs: string[] = [];
  try {
    for (const format of target.formats) {
      const output = { client, documentId: document.id, format, signal };
      outputs.push(await saveOutput(output, target));
    }
    return { ...result, outputs };
  } catch (error) {
    signal.throwIfAborted();
    return { ...result, outputs, status: 'failed', error: shapeOf(asFanfoldError(error)) };
  }
}

/** Stops what still runs; a file that never came up whole is of no use to anybody. */
async function takeBack(client: FanfoldClient, documentId: string): Promise<void> {
  const signal = AbortSignal.timeout(GOODBYE);
  try {
    const { status } = await client.documents.get.query({ documentId }, { signal });
    if (status === 'awaiting_upload') {
      await client.documents.remove.mutate({ documentId }, { signal });
    } else {
      await client.documents.cancel.mutate({ documentId }, { signal });
    }
  } catch {
    // Ended by itself, or nobody is there to be told.
  }
}
