import { resolve } from 'node:path';
import { z } from 'zod';

/** The settings of the store as a process of its own. */
const storeEnvSchema = z.object({
  STORE_DATA: z
    .string()
    .min(1)
    .transform((path) => resolve(path)),
  STORE_HOST: z.string().default('127.0.0.1'),
  STORE_PORT: z.coerce.number().int().min(0).max(65_535),
  STORE_ACCESS_KEY_ID: z.string().min(1),
  STORE_SECRET_ACCESS_KEY: z.string().min(16),
  STORE_REGION: z.string().default('us-east-1'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
});

export type StoreEnv = z.infer<typeof storeEnvSchema>;

/** Parses the environment; throws one error that names every wrong setting. */
export function parseStoreEnv(source: Record<string, string | undefined> = process.env): StoreEnv {
  const filled = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''));
  const result = storeEnvSchema.safeParse(filled);
  if (result.success) return result.data;
  throw new Error(`The environment of the store is not valid.\n${z.prettifyError(result.error)}`);
}
