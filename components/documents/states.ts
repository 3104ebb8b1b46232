import {
  Ban,
  CalendarClock,
  Check,
  CircleX,
  Clock,
  CloudUpload,
  FileSearch,
  Layers,
  LockKeyhole,
  type LucideIcon,
  ScanText,
  TriangleAlert,
} from 'lucide-react';
import type { DocumentStatus } from '#server/documents/status.ts';
import type { ErrorCode } from '#server/errors.ts';
import type { DocumentSummary } from '../data/trpc.ts';

export interface StateLook {
  /** Of the state, as the catalogues call it. */
  name: DocumentStatus | 'scheduled' | 'locked';
  icon: LucideIcon;
  tone: 'quiet' | 'active' | 'good' | 'warn' | 'danger';
}

const LOOKS: Record<DocumentStatus, StateLook> = {
  awaiting_upload: { name: 'awaiting_upload', icon: CloudUpload, tone: 'warn' },
  queued: { name: 'queued', icon: Clock, tone: 'quiet' },
  inspecting: { name: 'inspecting', icon: FileSearch, tone: 'active' },
  processing: { name: 'processing', icon: ScanText, tone: 'active' },
  assembling: { name: 'assembling', icon: Layers, tone: 'active' },
  completed: { name: 'completed', icon: Check, tone: 'good' },
  partial: { name: 'partial', icon: TriangleAlert, tone: 'warn' },
  failed: { name: 'failed', icon: CircleX, tone: 'danger' },
  canceled: { name: 'canceled', icon: Ban, tone: 'quiet' },
};

const SCHEDULED: StateLook = { name: 'scheduled', icon: CalendarClock, tone: 'quiet' };
const LOCKED: StateLook = { name: 'locked', icon: LockKeyhole, tone: 'warn' };

export function stateLook(
  document: Pick<DocumentSummary, 'status' | 'error' | 'startAt'>,
): StateLook {
  if (asksForPassword(document)) return LOCKED;
  return document.startAt ? SCHEDULED : LOOKS[document.status];
}

export function asksForPassword({
  status,
  error,
}: Pick<DocumentSummary, 'status' | 'error'>): boolean {
  const asked = error?.code === 'PASSWORD_REQUIRED' || error?.code === 'PASSWORD_WRONG';
  return status === 'failed' && asked;
}

/** Whether work on the document goes on, or is about to. */
export function isUnderWay(status: DocumentStatus): boolean {
  return ['queued', 'inspecting', 'processing', 'assembling'].includes(status);
}

export function hasOutputs(status: DocumentStatus): boolean {
  return status === 'completed' || status === 'partial';
}

/** What is wrong with the file itself, or with how it arrived. */
const FOR_GOOD: ErrorCode[] = [
  'EMPTY_FILE',
  'FILE_TOO_LARGE',
  'NO_PAGES',
  'PAGES_NOT_FOUND',
  'SOURCE_MISSING',
  'UNSUPPORTED_TYPE',
  'UPLOAD_EXPIRED',
  'UPLOAD_MISMATCH',
];

/** Whether another try with the same file would end the same. */
export function isForGood(code: ErrorCode): boolean {
  return FOR_GOOD.includes(code);
}

export function canRetry({
  status,
  error,
  pagesFailed,
}: Pick<DocumentSummary, 'status' | 'error' | 'pagesFailed'>): boolean {
  if (asksForPassword({ status, error })) return false;
  if (status === 'failed' && error && pagesFailed === 0) return !isForGood(error.code);
  return ['partial', 'failed', 'canceled'].includes(status);
}

export const TONE_TEXT: Record<StateLook['tone'], string> = {
  quiet: 'text-ink-muted',
  active: 'text-accent',
  good: 'text-accent',
  warn: 'text-warn',
  danger: 'text-danger',
};
