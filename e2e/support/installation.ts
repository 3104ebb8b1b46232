import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { createFanfoldClient, type FanfoldClient } from '#client/index.ts';
import { clusterUrl } from '#supervisor/cluster.ts';
import { DATABASE } from '#supervisor/environment.ts';
import type { ProcessRecord } from '#supervisor/processes.ts';
import type { Settings } from '#supervisor/settings.ts';

export const PROJECT = join(import.meta.dirname, '../..');

/** The installation under test, from outside: its folder, its API and its object store. */
export interface Installation {
  url: string;
  /** Its data folder. */
  data: string;
  /** Whether this run started it, and may harm its processes. */
  owned: boolean;
  client: FanfoldClient;
  /** For what no client can do. */
  databaseUrl: string;
  /** Keys of the objects under a prefix. */
  listObjects(prefix: string): Promise<string[]>;
  /** The process of a part, e.g. `worker`. */
  pidOf(part: string): number | undefined;
}

export function openInstallation(): Installation {
  const { E2E_URL: url, E2E_DATA: data, E2E_OWNED: owned } = process.env;
  if (!url || !data) throw new Error('E2E_URL needs E2E_DATA, the data folder of that server.');
  const settings = readJson<Settings>(join(data, 'settings.json'));
  return {
    url,
    data,
    owned: owned === 'true',
    client: createFanfoldClient({ url, apiKey: settings.localKey }),
    databaseUrl: clusterUrl({
      port: settings.postgresPort ?? 0,
      password: settings.postgresPassword,
      database: DATABASE,
    }),
    listObjects: (prefix) => listObjects(settings, prefix),
    pidOf: (part) =>
      readJson<ProcessRecord[]>(join(data, 'pids.json')).find(({ name }) => name === part)?.pid,
  };
}

async function listObjects(settings: Settings, Prefix: string): Promise<string[]> {
  const client = new S3Client({
    endpoint: `http://127.0.0.1:${settings.storePort}`,
    region: 'us-east-1',
    forcePathStyle: true,
    credentials: {
      accessKeyId: settings.storeAccessKeyId,
      secretAccessKey: settings.storeSecretAccessKey,
    },
  });
  const { Contents = [] } = await client.send(
    new ListObjectsV2Command({ Bucket: 'fanfold', Prefix }),
  );
  client.destroy();
  return Contents.flatMap(({ Key }) => Key ?? []);
}

function readJson<T>(file: string): T {
  return JSON.parse(readFileSync(file, 'utf8')) as T;
}
