import { z } from 'zod';

/** Text as Postgres stores it: without U+0000 and lone surrogates. */
export function storable(text: string): string {
  return text.toWellFormed().replaceAll('\0', '');
}

/** A line that people write, without the space around it. */
export const lineSchema = (least: number, most: number) =>
  z
    .string()
    .transform((text) => storable(text).trim())
    .pipe(z.string().min(least).max(most));
