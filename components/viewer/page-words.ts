import type { Page } from '../data/trpc.ts';

/** Below this confidence, 0–100, a page or a word is worth a second look. */
export const DOUBTFUL = 75;

/** The state of a page in a word or two, as under its tile. */
export function pageCaption(page: Page): string {
  switch (page.status) {
    case 'pending':
      return 'waiting';
    case 'processing':
      return `${page.progress}%`;
    case 'failed':
      return 'failed';
    case 'canceled':
      return 'canceled';
    case 'completed':
      return completedCaption(page);
  }
}

/** The page for someone who does not see its tile. */
export function pageLabel(page: Page): string {
  const label = `Page ${page.number}`;
  if (page.status === 'processing') return `${label}, being read`;
  if (page.status === 'failed') return `${label}, failed: ${page.error?.sentence ?? ''}`;
  if (page.status !== 'completed') return `${label}, ${pageCaption(page)}`;
  if (page.source === 'native') return `${label}, text from the PDF`;
  if (page.source === 'blank') return `${label}, blank`;
  return `${label}, read with ${Math.round(page.confidence ?? 0)}% confidence`;
}

function completedCaption({ source, confidence }: Page): string {
  if (source === 'native') return 'from PDF';
  if (source === 'blank') return 'blank';
  return confidence === null ? 'read' : `${Math.round(confidence)}%`;
}
