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
import type { DocumentSummary } from '../data/trpc.ts';

export interface StateLook {
  word: string;
  icon: LucideIcon;
  tone: 'quiet' | 'active' | 'good' | 'warn' | 'danger';
}

const LOOKS: Record<DocumentStatus, StateLook> = {
  awaiting_upload: { word: 'Upload interrupted', icon: CloudUpload, tone: 'warn' },
  queued: { word: 'Waiting', icon: Clock, tone: 'quiet' },
  inspecting: { word: 'Opening', icon: FileSearch, tone: 'active' },
  processing: { word: 'Reading', icon: ScanText, tone: 'active' },
  assembling: { word: 'Finishing', icon: Layers, tone: 'active' },
  completed: { word: 'Done', icon: Check, tone: 'good' },
  partial: { word: 'Done, with gaps', icon: TriangleAlert, tone: 'warn' },
  failed: { word: 'Failed', icon: CircleX, tone: 'danger' },
  canceled: { word: 'Canceled', icon: Ban, tone: 'quiet' },
};

const SCHEDULED: StateLook = { word: 'Scheduled', icon: CalendarClock, tone: 'quiet' };
const LOCKED: StateLook = { word: 'Password needed', icon: LockKeyhole, tone: 'warn' };

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

export function canRetry(document: Pick<DocumentSummary, 'status' | 'error'>): boolean {
  if (asksForPassword(document)) return false;
  return ['partial', 'failed', 'canceled'].includes(document.status);
}

export const TONE_TEXT: Record<StateLook['tone'], string> = {
  quiet: 'text-ink-muted',
  active: 'text-accent',
  good: 'text-accent',
  warn: 'text-warn',
  danger: 'text-danger',
};
