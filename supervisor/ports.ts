import { createServer } from 'node:net';
import getPort from 'get-port';
import { StartError } from './start-error.ts';

/** The wanted port of `host`; any free one for 0. Throws a StartError when it is taken. */
export async function claimPort(host: string, wanted: number): Promise<number> {
  if (wanted === 0) return getPort({ host });
  const error = await tryListen(host, wanted);
  if (!error) return wanted;
  if (error.code === 'EADDRINUSE') {
    throw new StartError(`Port ${wanted} is already in use. Set PORT to another one.`);
  }
  if (error.code === 'EACCES') {
    throw new StartError(
      `Port ${wanted} is reserved for the administrator. Set PORT to another one.`,
    );
  }
  throw new StartError(`Cannot listen on ${host}, port ${wanted}: ${error.message}`);
}

/** The port of the last run where it is still free, else another. */
export function reusePort(host: string, last: number | undefined, not: number[]): Promise<number> {
  return getPort({ host, port: last, exclude: not });
}

/** The address under which this machine reaches a server that listens on `host`. */
export function urlOf(host: string, port: number): string {
  if (host === '0.0.0.0') return `http://127.0.0.1:${port}`;
  if (host === '::') return `http://[::1]:${port}`;
  return host.includes(':') ? `http://[${host}]:${port}` : `http://${host}:${port}`;
}

function tryListen(host: string, port: number): Promise<NodeJS.ErrnoException | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', resolve);
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(undefined)));
  });
}
