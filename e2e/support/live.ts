import type { BrowserContext, Page, Request } from '@playwright/test';

/** Every count of pages that any tab has shown, in the order of its showing. */
export async function recordProgress(context: BrowserContext): Promise<Map<Page, number[]>> {
  const shown = new Map<Page, number[]>();
  await context.exposeBinding('recordProgress', ({ page }, value: number) => {
    shown.set(page, [...(shown.get(page) ?? []), value]);
  });
  await context.addInitScript(watchProgressBar);
  return shown;
}

/** Runs in the browser. */
function watchProgressBar(): void {
  let last: string | null = null;
  const look = () => {
    if (!location.pathname.startsWith('/documents/')) return;
    const bar = document.querySelector('[role="progressbar"][aria-label="Pages read"]');
    const value = bar?.getAttribute('aria-valuenow') ?? null;
    if (value === null || value === last) return;
    last = value;
    const { recordProgress: record } = window as unknown as Record<string, (n: number) => void>;
    record?.(Number(value));
  };
  const options = { subtree: true, childList: true, attributeFilter: ['aria-valuenow'] };
  new MutationObserver(look).observe(document, options);
}

/** The live streams that a tab holds at the moment. */
export function watchStreams(page: Page): Set<Request> {
  const open = new Set<Request>();
  const isStream = (request: Request) => request.url().includes('/api/trpc/live.watch');
  page.on('request', (request) => isStream(request) && open.add(request));
  page.on('requestfinished', (request) => open.delete(request));
  page.on('requestfailed', (request) => open.delete(request));
  return open;
}
