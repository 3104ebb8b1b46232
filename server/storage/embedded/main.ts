import { fstatSync } from 'node:fs';
import { createLogger } from '#server/logger.ts';
import { answerPings } from '#server/supervised.ts';
import { parseStoreEnv } from './env.ts';
import { startEmbeddedStore } from './index.ts';

answerPings();
const env = parseStoreEnv();
const logger = createLogger({ name: 'store', level: env.LOG_LEVEL });
const store = await startEmbeddedStore({
  dataDir: env.STORE_DATA,
  host: env.STORE_HOST,
  port: env.STORE_PORT,
  accessKeyId: env.STORE_ACCESS_KEY_ID,
  secretAccessKey: env.STORE_SECRET_ACCESS_KEY,
  region: env.STORE_REGION,
  logger,
});
logger.info({ url: store.url }, 'the object store is listening');

let stopping = false;

async function stop(reason: string): Promise<void> {
  if (stopping) return;
  stopping = true;
  logger.info({ reason }, 'the object store is stopping');
  await store.close();
  process.exit(0);
}

process.on('SIGTERM', () => stop('SIGTERM'));
process.on('SIGINT', () => stop('SIGINT'));
process.on('disconnect', () => stop('the parent disconnected'));
if (isHeldByParent()) process.stdin.on('end', () => stop('the parent closed its end')).resume();

/** A pipe on standard input is held open by a parent; a terminal or /dev/null says nothing. */
function isHeldByParent(): boolean {
  const input = fstatSync(0);
  return input.isFIFO() || input.isSocket();
}
