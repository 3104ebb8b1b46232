import type { Launch } from '../child.ts';
import type { Programs } from '../programs.ts';

/** Programs that answer as the real ones do, and do nothing else. */
export function stubPrograms(options: {
  host: string;
  port: number;
  env: NodeJS.ProcessEnv;
}): Programs {
  const script = (code: string): Launch => ({
    command: process.execPath,
    args: ['-e', code],
    env: options.env,
    ipc: true,
  });
  return {
    setup: script(''),
    web: script(
      `require('node:http').createServer((q, s) => s.end()).listen(${options.port}, '${options.host}')`,
    ),
    worker: script("process.send('ready'); setInterval(() => {}, 1000)"),
  };
}
