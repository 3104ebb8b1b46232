import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { z } from 'zod';
import { ENGINE_NAMES } from './engines/names.ts';

const flag = z.enum(['true', 'false']).transform((value) => value === 'true');
const count = z.coerce.number().int().positive();
const days = z.coerce.number().int().nonnegative();

/** Every setting, its default and its unit. `.env.example` shows the same list. */
const envSchema = z.object({
  NODE_ENV: z.enum(['development', 'production', 'test']).default('production'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),

  /** The folder that holds all data of a single-machine installation. */
  FANFOLD_DATA: z
    .string()
    .default('.fanfold')
    .transform((path) => resolve(path)),
  HOST: z.string().default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  /** The address that browsers use, where it differs from http://HOST:PORT. */
  FANFOLD_URL: z.url().optional(),
  /** Encrypts the passwords of protected files at rest; 32 bytes as hex. */
  FANFOLD_SECRET: z.string().regex(/^[0-9a-f]{64}$/i, 'must be 64 hexadecimal digits'),
  /** The key with which the command line of the same machine signs in. */
  FANFOLD_LOCAL_KEY: z.string().min(32),

  DATABASE_URL: z.string().min(1),
  DATABASE_POOL: count.default(10),

  S3_ENDPOINT: z.url().optional(),
  /** The address of the object store as browsers see it, where it differs from S3_ENDPOINT. */
  S3_PUBLIC_ENDPOINT: z.url().optional(),
  S3_REGION: z.string().default('us-east-1'),
  S3_BUCKET: z.string().default('fanfold'),
  S3_ACCESS_KEY_ID: z.string().min(1),
  S3_SECRET_ACCESS_KEY: z.string().min(1),
  S3_FORCE_PATH_STYLE: flag.default(true),

  /** Page processes of one worker. */
  WORKER_PAGE_PROCESSES: count.default(availableParallelism()),
  /** Pages of one owner that are read at the same time, by all workers; without it, all slots. */
  OWNER_PAGES_AT_ONCE: count.optional(),
  /** Days after a document's end until what is named of it is removed; without them it is kept. */
  RETENTION_SOURCE_DAYS: days.optional(),
  RETENTION_PAGES_DAYS: days.optional(),
  RETENTION_OUTPUTS_DAYS: days.optional(),

  /** A folder with further `<language>.traineddata` files. */
  TESSDATA_DIR: z.string().optional(),

  /** The engine of documents that name none. */
  FANFOLD_ENGINE: z.enum(ENGINE_NAMES).default('tesseract'),
  /** The engines that documents can name, separated by commas; by default those found here. */
  FANFOLD_ENGINES: z
    .string()
    .transform((names) => names.split(',').map((name) => name.trim()))
    .pipe(z.array(z.enum(ENGINE_NAMES)))
    .optional(),
  /** The library of the engine `tesseract-native`, where it is not in its usual place. */
  TESSERACT_LIBRARY: z.string().optional(),
  /** Milliseconds that the engine `null` takes for a page; without it there is no such engine. */
  FANFOLD_NULL_ENGINE_MS: z.coerce.number().int().nonnegative().optional(),
  /** An OpenAI-compatible endpoint for the engine `vision`, e.g. http://127.0.0.1:8000/v1. */
  FANFOLD_VISION_URL: z.url().optional(),
  FANFOLD_VISION_KEY: z.string().optional(),
  FANFOLD_VISION_MODEL: z.string().optional(),
  /** What the model is told, instead of the built-in text. */
  FANFOLD_VISION_PROMPT: z.string().optional(),
  /** Requests that one worker has under way. */
  FANFOLD_VISION_CONCURRENCY: count.default(2),
  /** Of one request. */
  FANFOLD_VISION_TIMEOUT_MS: count.default(120_000),
  /** Tries after the first, for what may pass: 429, 5xx and broken connections. */
  FANFOLD_VISION_RETRIES: z.coerce.number().int().min(0).max(10).default(4),
  /** Pixels of the long side of the picture that is sent. */
  FANFOLD_VISION_PIXELS: count.default(2_000),
  /** Price of a million tokens, in whatever currency. */
  FANFOLD_VISION_INPUT_PRICE: z.coerce.number().nonnegative().optional(),
  FANFOLD_VISION_OUTPUT_PRICE: z.coerce.number().nonnegative().optional(),

  /** Documents that an owner may create, and calls for upload addresses, in a minute. */
  CREATE_PER_MINUTE: count.default(60),
  PRESIGN_PER_MINUTE: count.default(60),
  /** Wrong passwords that an owner may give in a minute. */
  UNLOCK_PER_MINUTE: count.default(10),

  MAX_FILE_BYTES: count.default(2 * 1024 ** 3),
  MAX_PAGES: count.default(10_000),
  /** Pixels of one decoded or rendered page. */
  MAX_PIXELS: count.default(100_000_000),
  /** Pixels of one side of a page. */
  MAX_SIDE: count.default(32_767),
  /** Bytes to which the streams of one page of a PDF may unpack. */
  MAX_INFLATED_BYTES: count.default(256 * 1024 ** 2),
  /** UTF-16 units of text on one page. */
  MAX_TEXT_LENGTH: count.default(5_000_000),
  PAGE_TIMEOUT_MS: count.default(60_000),
  PAGE_MEMORY_MB: count.default(1_536),
});

export type Env = z.infer<typeof envSchema>;

/** Parses the environment; throws one error that names every wrong setting. */
export function parseEnv(source: Record<string, string | undefined>): Env {
  const filled = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''));
  const result = envSchema.safeParse(filled);
  if (result.success) return result.data;
  throw new Error(`The environment is not valid.\n${z.prettifyError(result.error)}`);
}

let current: Env | undefined;

/** The environment of this process, parsed at the first call. */
export function getEnv(): Env {
  current ??= parseEnv(process.env);
  return current;
}

export function limitsOf(env: Env) {
  return {
    maxPixels: env.MAX_PIXELS,
    maxSide: env.MAX_SIDE,
    maxPages: env.MAX_PAGES,
    maxInflatedBytes: env.MAX_INFLATED_BYTES,
    maxTextLength: env.MAX_TEXT_LENGTH,
  };
}
