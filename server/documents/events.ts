import type { ErrorCode } from '#server/errors.ts';
import type { PageSource } from '#server/pages/status.ts';
import type { OutputName } from '../outputs/variants.ts';
import type { OutputFormat } from './formats.ts';

/** What can happen to a document, each with the data that its event row carries. */
export interface EventMap {
  /** When the row exists and the upload may start. */
  'document.created': { fileName: string; sizeBytes: number };
  /** When the upload was verified, or a retry or a password asks for the file to be opened again. */
  'document.queued': { run: number };
  /** When a worker opens the file. */
  'document.inspecting': Record<string, never>;
  /** When the pages are known and their jobs are queued. */
  'document.processing': { pageCount: number };
  /** When the last page has ended and the outputs are being written. */
  'document.assembling': Record<string, never>;
  /** When every page was read and the outputs are there. */
  /** Another title or other tags. */
  'document.changed': Record<string, never>;
  'document.completed': { formats: OutputFormat[] };
  /** When the outputs are there and some pages are missing from them. */
  'document.partial': { formats: OutputFormat[]; pagesFailed: number };
  /** When nothing could be read. */
  'document.failed': { code: ErrorCode };
  /** When a person stopped it. */
  'document.canceled': Record<string, never>;
  /** When someone asks for an output that is not there, or its pages were corrected. */
  'output.requested': OutputName;
  /** When an output that was asked for is there. */
  'output.written': OutputName;
  /** When an output that was asked for could not be made. */
  'output.failed': OutputName & { code: ErrorCode };
  /** When a worker takes up a page. */
  'page.started': { page: number; attempt: number };
  /** When a page's picture is there, before its text. */
  'page.drawn': { page: number };
  /** When a page's text is there. */
  'page.completed': { page: number; source: PageSource; confidence: number | null };
  /** When a person has corrected words of a page, or taken that back. */
  'page.corrected': { page: number };
  /** When a second reading of a page was asked for, is there, failed, or was dropped. */
  'page.reread': { page: number };
  /** When a page was given up. */
  'page.failed': { page: number; code: ErrorCode };
  /** When a failed try at a page is to be repeated, or its worker gave it back. */
  'page.requeued': { page: number; code: ErrorCode | null };
}

export type EventType = keyof EventMap;
