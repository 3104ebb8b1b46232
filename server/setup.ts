import { migrate } from '#db/migrate.ts';
import { getEnv } from './env.ts';
import { installQueues } from './jobs/queue.ts';
import { createLogger } from './logger.ts';
import { webOrigins } from './origins.ts';
import { prepareBucket } from './storage/bucket.ts';
import { createStorage } from './storage/client.ts';

const env = getEnv();
const logger = createLogger({ name: 'setup', level: env.LOG_LEVEL });

await migrate(env.DATABASE_URL);
await installQueues(env.DATABASE_URL, (error) => logger.error({ err: error }, 'pg-boss failed'));
await prepareBucket(createStorage(env), webOrigins(env), logger);
logger.info('database, queues and bucket are ready');
