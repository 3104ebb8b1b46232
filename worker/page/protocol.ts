import type { PageOptions } from '#server/documents/schemas.ts';
import type { SourceType } from '#server/documents/source-types.ts';
import type { EngineName } from '#server/engines/names.ts';
import type { ErrorCode } from '#server/errors.ts';
import type { Layout } from '#server/pages/layout.ts';
import type { Usage, VisionAnswer } from '#server/pages/usage.ts';
import type { EngineSettings } from '#worker/ocr/engines.ts';

/** What every task knows of the file that it works on. */
export interface SourceFile {
  /** A local path, readable by the page process. */
  path: string;
  type: SourceType;
  /** Tried after the empty password. */
  password?: string | undefined;
}

export interface Limits {
  /** Decoded or rendered pixels of one page. */
  maxPixels: number;
  /** Pixels of one side of a page or image. */
  maxSide: number;
  /** Pages of one file. */
  maxPages: number;
  /** Bytes to which the streams of one page of a PDF may unpack. */
  maxInflatedBytes: number;
  /** UTF-16 units of text of one page. */
  maxTextLength: number;
}

export interface InspectTask {
  kind: 'inspect';
  source: SourceFile;
  limits: Limits;
}

export interface RecognizeTask {
  kind: 'recognize';
  source: SourceFile;
  limits: Limits;
  /** From 1. */
  page: number;
  /** Tesseract language names, at least one; their data is in the data folder of the process. */
  languages: string[];
  /** Among which the page's own languages are found; without them it is read in `languages`. */
  candidates?: string[] | undefined;
  options: PageOptions;
  /** `tesseract` where it is left out. */
  engine?: EngineName;
  /** Milliseconds after which it is ended; what was read some time before that is answered. */
  timeLimitMs?: number;
}

export interface PreviewTask {
  kind: 'preview';
  source: SourceFile;
  limits: Limits;
  page: number;
  /** Clockwise degrees; none without it. */
  turn?: 0 | 90 | 180 | 270;
  /** Whether it is to be looked at closely. */
  large?: boolean;
}

/** Writes the file as a PDF whose pages carry the words that were read as invisible text. */
export interface GraftTask {
  kind: 'graft';
  source: SourceFile;
  limits: Limits;
  /** A local file with one `OutputPage` as JSON a line, in order. */
  pages: string;
  /** The local path of the PDF to write; one that is there is overwritten. */
  output: string;
}

export type PageTask = InspectTask | RecognizeTask | PreviewTask | GraftTask;

export interface InspectResult {
  pageCount: number;
  /** What a reader should know of this file, as sentences. */
  warnings: string[];
}

export interface EncodedImage {
  bytes: Uint8Array;
  type: 'image/jpeg' | 'image/webp';
  width: number;
  height: number;
}

/** Pictures of an upright page: `image` to read beside its text, `thumbnail` for the overview. */
export interface Preview {
  image: EncodedImage;
  thumbnail: EncodedImage;
}

export interface RecognizeResult {
  layout: Layout;
  /** Null where the page was taken from the PDF's own text without being drawn. */
  preview: Preview | null;
  /** What reading took, where that is paid for. */
  usage: Usage | null;
  /** By which the same page is known again; null where it is to be read anew. */
  fingerprint: string | null;
  /** Milliseconds of each step, by its name. */
  timings: Record<string, number>;
}

export interface GraftResult {
  /** What a reader should know of the PDF that was written, as sentences. */
  warnings: string[];
}

export interface PageResults {
  inspect: InspectResult;
  recognize: RecognizeResult;
  preview: Preview;
  graft: GraftResult;
}

/** From the worker to a page process: one task at a time. */
export interface TaskMessage {
  kind: 'task';
  id: number;
  task: PageTask;
}

/** What a page process asks its worker for: by itself it can reach neither database nor network. */
export interface Answers {
  /** The text on a picture of the page, by a model. */
  transcribe(jpeg: Uint8Array): Promise<VisionAnswer>;
  /** What was read of a page of the same fingerprint before; undefined where that is not known. */
  recall(fingerprint: string): Promise<Layout | undefined>;
}

/** A question to the worker; the task waits for its answer. */
export type Question = {
  [K in keyof Answers]: { question: K; subject: Parameters<Answers[K]>[0] };
}[keyof Answers];

/** From the worker to a page process that asked it something. */
export type AnswerMessage = { kind: 'answer'; id: number } & (
  | { answer: Awaited<ReturnType<Answers[keyof Answers]>> }
  | { failure: TaskFailure }
);

export interface TaskFailure {
  code: ErrorCode;
  detail: string;
  sentence?: string | undefined;
}

/** From a page process to the worker. */
export type ProcessMessage =
  | { kind: 'ready' }
  | { kind: 'progress'; id: number; percent: number }
  /** Pictures as soon as the page is drawn, before it is read. */
  | { kind: 'preview'; id: number; preview: Preview }
  | { kind: 'done'; id: number; result: PageResults[keyof PageResults] }
  | ({ kind: 'ask'; id: number } & Question)
  | ({ kind: 'error'; id: number } & TaskFailure);

export interface TaskOptions {
  /** Ends the task, and its process, with the signal's reason. */
  signal: AbortSignal;
  /** Milliseconds, instead of the pool's. */
  timeoutMs?: number;
  /** 0–100, never going back within a task. */
  onProgress?: (percent: number) => void;
  onPreview?: (preview: Preview) => void;
  /** Answers what the task asks for; its time stands still meanwhile. */
  answers?: Partial<Answers>;
}

/**
 * A bounded set of page processes. `run` waits for a free one. Rejects with a `FanfoldError`:
 * `PAGE_TIMEOUT` or `PAGE_OUT_OF_MEMORY` where a limit was passed (the process is killed and
 * replaced), `PAGE_CRASHED` where it ended by itself, else with the code that the task ended with.
 */
export interface PagePool {
  readonly size: number;
  /** Resolves once a process that was started ahead can read, or did not get there within 20 seconds. */
  ready(): Promise<void>;
  run<T extends PageTask>(task: T, options: TaskOptions): Promise<PageResults[T['kind']]>;
  /** Kills the processes; tasks that run reject. */
  close(): Promise<void>;
}

/** What a page process is told when it starts. */
export interface ProcessSettings extends EngineSettings {
  /** What it loads before its first task; nothing unless said. */
  warm?: { engine: EngineName; languages: string[] } | undefined;
}

export interface PagePoolOptions extends ProcessSettings {
  /** Processes at once. */
  size: number;
  /** Milliseconds of one task that says nothing else. */
  timeoutMs: number;
  /** Resident bytes of one process. */
  maxRssBytes: number;
  /** A process is replaced after this many tasks that drew a page; the WASM heap never shrinks. */
  maxTasks: number;
  /** Processes that are started before a task needs them; none unless said. */
  startAhead?: number;
  /** By how much they give way to other processes of the machine, as nice(1) has it; 0 unless said. */
  niceness?: number;
}
