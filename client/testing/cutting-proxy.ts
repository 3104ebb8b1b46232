import type { AddressInfo } from 'node:net';
import { connect, createServer, type Socket } from 'node:net';

/** A wire to a server that can be cut. */
export interface CuttingProxy {
  url: string;
  /** Bytes that clients have sent since the last call. */
  takeCount(): number;
  /** Cuts the next `times` connections that have carried so many bytes from the client. */
  cut(options: { afterBytes: number; times: number }): void;
  close(): Promise<void>;
}

/** Passes bytes on between clients and `target`, as they are. */
export async function startCuttingProxy(target: string): Promise<CuttingProxy> {
  const { hostname, port } = new URL(target);
  const open = new Set<Socket>();
  let sent = 0;
  let cuts = { afterBytes: 0, times: 0 };
  const server = createServer((client) => {
    const upstream = connect(Number(port), hostname);
    let carried = 0;
    for (const [socket, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      open.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => {
        open.delete(socket);
        other.destroy();
      });
    }
    client.on('data', (chunk) => {
      sent += chunk.length;
      carried += chunk.length;
      if (cuts.times > 0 && carried > cuts.afterBytes) {
        cuts.times -= 1;
        client.destroy();
      }
    });
    client.pipe(upstream);
    upstream.pipe(client);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    takeCount() {
      const count = sent;
      sent = 0;
      return count;
    },
    cut(options) {
      cuts = { ...options };
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of open) socket.destroy();
      }),
  };
}
