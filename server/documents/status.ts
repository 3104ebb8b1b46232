export const DOCUMENT_STATUSES = [
  'awaiting_upload',
  'queued',
  'inspecting',
  'processing',
  'assembling',
  'completed',
  'partial',
  'failed',
  'canceled',
] as const;

export type DocumentStatus = (typeof DOCUMENT_STATUSES)[number];

/** The states that each state may be left for. A conditional UPDATE holds a move to this table. */
export const DOCUMENT_TRANSITIONS: Record<DocumentStatus, readonly DocumentStatus[]> = {
  awaiting_upload: ['queued', 'failed', 'canceled'],
  queued: ['inspecting', 'failed', 'canceled'],
  inspecting: ['processing', 'failed', 'canceled'],
  processing: ['assembling', 'failed', 'canceled'],
  assembling: ['completed', 'partial', 'failed', 'canceled'],
  completed: ['processing'],
  partial: ['processing'],
  failed: ['queued', 'processing'],
  canceled: ['queued', 'processing'],
};

export const TERMINAL_DOCUMENT_STATUSES = ['completed', 'partial', 'failed', 'canceled'] as const;

export function isTerminal(status: DocumentStatus): boolean {
  return (TERMINAL_DOCUMENT_STATUSES as readonly string[]).includes(status);
}

/** The states from which `to` may be reached. */
export function statesBefore(to: DocumentStatus): DocumentStatus[] {
  return DOCUMENT_STATUSES.filter((from) => DOCUMENT_TRANSITIONS[from].includes(to));
}

/** The coarse state that callers of the API poll for. */
export type PublicState = 'PENDING' | 'PROCESSING' | 'DONE' | 'FAILED';

export const PUBLIC_STATES: Record<DocumentStatus, PublicState> = {
  awaiting_upload: 'PENDING',
  queued: 'PENDING',
  inspecting: 'PROCESSING',
  processing: 'PROCESSING',
  assembling: 'PROCESSING',
  completed: 'DONE',
  partial: 'DONE',
  failed: 'FAILED',
  canceled: 'FAILED',
};
