import { connect } from 'node:net';
import { join } from 'node:path';
import type { PartOptions } from './part.ts';
import type { Settings } from './settings.ts';

const REGION = 'us-east-1';

/** The object store of our own, for an installation that names no other. */
export function storePart(options: {
  root: string;
  folder: string;
  host: string;
  port: number;
  settings: Settings;
  env: NodeJS.ProcessEnv;
}): Pick<PartOptions, 'name' | 'launch' | 'ready' | 'stop'> {
  const { root, folder, host, port, settings, env } = options;
  return {
    name: 'store',
    launch: {
      command: process.execPath,
      args: [join(root, 'server/storage/embedded/main.ts')],
      cwd: root,
      ipc: true,
      pings: true,
      env: {
        ...env,
        STORE_DATA: folder,
        STORE_HOST: host,
        STORE_PORT: String(port),
        STORE_ACCESS_KEY_ID: settings.storeAccessKeyId,
        STORE_SECRET_ACCESS_KEY: settings.storeSecretAccessKey,
        STORE_REGION: env.S3_REGION || REGION,
      },
    },
    ready: { probe: () => accepts(host, port) },
    stop: { signal: 'SIGTERM', graceMs: 10_000, force: 'SIGKILL' },
  };
}

function accepts(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 2_000 });
    const finish = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => finish(true));
    socket.once('error', () => finish(false));
    socket.once('timeout', () => finish(false));
  });
}
