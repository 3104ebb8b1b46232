import { pino } from 'pino';

export type Logger = ReturnType<typeof createLogger>;

/** One JSON line an entry on standard output; `name` says which process wrote it. */
export function createLogger(options: { name: string; level: string }) {
  return pino({
    name: options.name,
    level: options.level,
    base: { pid: process.pid },
    redact: ['password', '*.password', 'authorization', '*.authorization'],
  });
}
