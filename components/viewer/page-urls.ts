import type { Page } from '../data/trpc.ts';

/** The address of a page's picture; a new picture has a new one. */
export function pictureUrl(
  documentId: string,
  page: Pick<Page, 'number' | 'image'>,
  size: 'image' | 'thumbnail',
): string | null {
  if (!page.image) return null;
  return `/api/documents/${documentId}/pages/${page.number}/${size}?v=${page.image.version}`;
}

/** The address of a page's words as they were read. */
export function layoutUrl(documentId: string, page: Pick<Page, 'number' | 'layout'>): string {
  return `/api/documents/${documentId}/pages/${page.number}/layout?v=${page.layout}`;
}
