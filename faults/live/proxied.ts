import { createServer, request as forward } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { max } from 'simple-statistics';
import { updateDocument } from '#server/documents/update.ts';
import { uploadFile } from '#server/testing/harness.ts';
import { atMost, type Bar, exactly } from '../harness/bar.ts';
import { streamUrl } from './crowd.ts';
import { startServer } from './server.ts';
import { openStream } from './stream.ts';

/** Milliseconds of silence after which the proxy cuts a connection. */
const IDLE_LIMIT = 30_000;

export const quietStream: Bar = {
  id: 'L9',
  title: 'a quiet stream through a proxy that cuts what is idle for 30 s',
  longOnly: true,
  async run(world) {
    const { ctx, env, long } = world;
    const web = await startServer(world);
    const proxy = await startProxy(web.url);
    const documentId = await uploadFile(ctx);
    const stream = openStream(streamUrl(proxy, documentId), env.FANFOLD_LOCAL_KEY);
    await stream.until(({ arrivals }) => arrivals.length > 0);
    await sleep(long ? 65_000 : 12_000);
    const { seq } = await updateDocument({ ctx, input: { documentId, title: 'After silence' } });
    const changedAt = Date.now();
    await stream.until(({ documentSeq }) => documentSeq >= seq);
    const lag = (Date.now() - changedAt) / 1_000;
    const { arrivals, text, ended } = stream.shown;
    stream.close();
    await proxy.close();
    await web.end();
    const silences = arrivals.slice(1).map((at, index) => at - (arrivals[index] ?? 0));
    return [
      atMost('first event after', (arrivals[0] ?? 0) / 1_000, 1, ' s'),
      atMost('longest silence', max(silences) / 1_000, 15, ' s'),
      exactly('heartbeats are comments', /^: heartbeat$/m.test(text), true),
      exactly('streams cut', Number(ended), 0),
      atMost('an event after the silence is shown after', lag, 1, ' s'),
    ];
  },
};

/** As reverse proxies do: compresses nothing itself, and ends what is silent for too long. */
async function startProxy(target: string): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    const { url = '', method, headers } = request;
    const upstream = forward(new URL(url, target), { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.socket.setTimeout(IDLE_LIMIT, () => answer.destroy());
      answer.on('error', () => response.destroy());
      answer.pipe(response);
    });
    upstream.on('error', () => response.destroy());
    response.on('close', () => upstream.destroy());
    request.pipe(upstream);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
