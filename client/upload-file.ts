import pLimit from 'p-limit';
import type { UploadPlan } from '#server/documents/upload.ts';
import { countBytes } from './byte-counter.ts';
import { FanfoldClientError } from './errors.ts';
import type { FanfoldClient } from './index.ts';
import { type Persistence, persist } from './persist.ts';
import { hashSource, requireReadable, type UploadSource } from './source.ts';
import { AddressExpired, transfer } from './transfer.ts';

/** Parts that go up at once. */
const PARALLEL_PARTS = 3;

type PostPlan = Extract<UploadPlan, { kind: 'post' }>;
type MultipartPlan = Extract<UploadPlan, { kind: 'multipart' }>;

export interface SendFile<Plan = UploadPlan> {
  client: FanfoldClient;
  source: UploadSource;
  documentId: string;
  plan: Plan;
  retry: Persistence;
  /** Told the number of bytes that have gone up. */
  tell(bytes: number): void;
}

/** Brings up what `plan` says is missing. */
export async function sendFile(job: SendFile): Promise<void> {
  const { plan } = job;
  if (plan.kind === 'post') await sendForm({ ...job, plan });
  else await sendParts({ ...job, plan });
}

async function sendForm(job: SendFile<PostPlan>): Promise<void> {
  const { client, source, documentId, retry } = job;
  const onBytes = countBytes({ total: source.size, before: 0, tell: job.tell });
  await repeatTransfer(job, async (attempt) => {
    const plan =
      attempt === 1
        ? job.plan
        : await client.documents.resumeUpload.mutate({ documentId }, { signal: retry.signal });
    if (plan.kind !== 'post') throw new TypeError('A form cannot go on as parts.');
    await transfer({
      method: 'POST',
      url: plan.url,
      body: formOf(plan.fields, source),
      signal: retry.signal,
      onBytes: (bytes) => onBytes(0, bytes),
    });
  });
}

/** The store reads the fields up to the file, so that comes last. */
function formOf(fields: Record<string, string>, source: UploadSource): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append('file', source.slice(0, source.size));
  return form;
}

async function sendParts(job: SendFile<MultipartPlan>): Promise<void> {
  const { source, plan } = job;
  const failed = new AbortController();
  const signal = AbortSignal.any([job.retry.signal, failed.signal]);
  const there = new Set(plan.uploaded);
  const numbers = Array.from({ length: plan.partCount }, (_, index) => index + 1);
  const before = plan.uploaded.reduce((sum, number) => sum + rangeOf(job, number).size, 0);
  const count = countBytes({ total: source.size, before, tell: job.tell });
  const limit = pLimit(PARALLEL_PARTS);
  const parts = numbers
    .filter((number) => !there.has(number))
    .map((number) =>
      limit(() => sendPart({ ...job, retry: { ...job.retry, signal } }, number, count)),
    );
  try {
    await Promise.all(parts);
  } finally {
    // One that is lost for good ends the others.
    failed.abort();
    await Promise.allSettled(parts);
  }
}

async function sendPart(
  job: SendFile<MultipartPlan>,
  number: number,
  count: (part: number, bytes: number) => void,
): Promise<void> {
  const { client, source, documentId, retry } = job;
  const { signal } = retry;
  signal.throwIfAborted();
  const { start, end } = rangeOf(job, number);
  const sha256 = await hashSource(source, { signal, start, end });
  await repeatTransfer(job, async () => {
    const input = { documentId, parts: [{ number, sha256 }] };
    const [address] = await client.documents.presignParts.mutate(input, { signal });
    if (!address) throw new TypeError(`There is no address for part ${number}.`);
    await transfer({
      method: 'PUT',
      url: address.url,
      headers: { ...address.headers, 'Content-Type': 'application/octet-stream' },
      body: source.slice(start, end),
      signal,
      onBytes: (bytes) => count(number, bytes),
    });
  });
}

function rangeOf({ source, plan }: SendFile<MultipartPlan>, number: number) {
  const start = (number - 1) * plan.partBytes;
  const end = Math.min(start + plan.partBytes, source.size);
  return { start, end, size: end - start };
}

/** Every try has a new address, so a second refusal is not for its age. */
function repeatTransfer(
  { source, retry }: SendFile<unknown>,
  attempt: (number: number) => Promise<void>,
): Promise<void> {
  let refusals = 0;
  return persist(async (number) => {
    if (number > 1) await requireReadable(source);
    await attempt(number).catch((error: unknown) => {
      if (error instanceof AddressExpired && ++refusals > 1) {
        const { code, sentence } = error.data.fanfold;
        throw new FanfoldClientError(code, sentence, { cause: error });
      }
      throw error;
    });
  }, retry);
}
