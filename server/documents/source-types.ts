/** The file types that can be read, told by content. */
export const SOURCE_TYPES = [
  'application/pdf',
  'image/png',
  'image/jpeg',
  'image/webp',
  'image/tiff',
  'image/gif',
] as const;

export type SourceType = (typeof SOURCE_TYPES)[number];
