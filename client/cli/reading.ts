import type { ParseArgsOptionsConfig } from 'node:util';
import {
  type DocumentOptions,
  documentOptionsSchema,
  MODES,
  QUALITIES,
  ROTATIONS,
  SEGMENTATIONS,
} from '#server/documents/schemas.ts';
import { ENGINE_NAMES } from '#server/engines/names.ts';
import { readChoice } from './arguments.ts';
import { UsageError } from './context.ts';

/** The arguments that say how pages are read. */
export const READING = {
  pages: { type: 'string' },
  mode: { type: 'string' },
  engine: { type: 'string' },
  quality: { type: 'string' },
  segmentation: { type: 'string' },
  rotation: { type: 'string' },
  'no-deskew': { type: 'boolean' },
  dpi: { type: 'string' },
  'page-time-limit': { type: 'string' },
} as const satisfies ParseArgsOptionsConfig;

type Values = {
  [K in keyof typeof READING]?:
    | ((typeof READING)[K]['type'] extends 'string' ? string : boolean)
    | undefined;
};

/** Only what was given; the server has the defaults. Throws a UsageError for what it would refuse. */
export function readReading(values: Values): Partial<DocumentOptions> {
  const rotation = readChoice('--rotation', values.rotation, ROTATIONS.map(String));
  const given = {
    pages: values.pages,
    mode: readChoice('--mode', values.mode, MODES),
    engine: readChoice('--engine', values.engine, ENGINE_NAMES),
    quality: readChoice('--quality', values.quality, QUALITIES),
    segmentation: readChoice('--segmentation', values.segmentation, SEGMENTATIONS),
    rotation: ROTATIONS.find((known) => String(known) === rotation),
    deskew: values['no-deskew'] ? false : undefined,
    dpi: numberOf(values.dpi),
    pageTimeLimit: numberOf(values['page-time-limit']),
  };
  return Object.fromEntries(
    Object.entries(given)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, checked(name as keyof typeof given, value)]),
  );
}

function numberOf(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Number(text);
}

function checked(name: keyof Partial<DocumentOptions>, value: unknown): unknown {
  const result = documentOptionsSchema.shape[name].safeParse(value);
  if (result.success) return result.data;
  const argument = name === 'pageTimeLimit' ? 'page-time-limit' : name;
  throw new UsageError(`--${argument}: ${result.error.issues[0]?.message}`);
}
