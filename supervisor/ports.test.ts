import { once } from 'node:events';
import { createServer } from 'node:net';
import getPort from 'get-port';
import { expect, test } from 'vitest';
import { claimPort, reusePort, urlOf } from './ports.ts';

const host = '127.0.0.1';

test('claims the port that was asked for, and any free one for 0', async () => {
  const port = await getPort({ host });
  expect(await claimPort(host, port)).toBe(port);
  expect(await claimPort(host, 0)).toBeGreaterThan(0);
});

test('says which port is taken and what to do', async () => {
  const { port, server } = await takePort();
  await expect(claimPort(host, port)).rejects.toThrow(
    `Port ${port} is already in use. Set PORT to another one.`,
  );
  server.close();
});

test('takes the last port again while it is free, else another', async () => {
  const { port, server } = await takePort();
  expect(await reusePort(host, port, [])).not.toBe(port);
  server.close();
  await once(server, 'close');
  expect(await reusePort(host, port, [])).toBe(port);
  expect(await reusePort(host, port, [port])).not.toBe(port);
});

test.each([
  ['127.0.0.1', 'http://127.0.0.1:3000'],
  ['0.0.0.0', 'http://127.0.0.1:3000'],
  ['::', 'http://[::1]:3000'],
  ['localhost', 'http://localhost:3000'],
])('reaches a server on %s at %s', (listen, url) => {
  expect(urlOf(listen, 3000)).toBe(url);
});

async function takePort() {
  const server = createServer().listen(0, host);
  await once(server, 'listening');
  const address = server.address();
  if (!address || typeof address === 'string') throw new Error('no address');
  return { port: address.port, server };
}
