import { createServer, request as forward } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** The way from the browser to the server, as a proxy that can be taken down. */
export interface Network {
  url: string;
  /** Breaks every connection and takes no new one. */
  down(): void;
  up(): void;
  close(): Promise<void>;
}

export async function startNetwork(): Promise<Network> {
  const sockets = new Set<Socket>();
  let isDown = false;
  const server = createServer((request, response) => {
    const { url = '', method, headers } = request;
    const upstream = forward(url, { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.on('error', () => response.destroy());
      answer.pipe(response);
    });
    upstream.on('error', () => response.destroy());
    response.on('close', () => upstream.destroy());
    request.pipe(upstream);
  });
  server.on('connection', (socket) => {
    if (isDown) return socket.destroy();
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const breakAll = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    down() {
      isDown = true;
      breakAll();
    },
    up() {
      isDown = false;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        breakAll();
      }),
  };
}
