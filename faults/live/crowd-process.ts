/**
 * Holds many live streams in a process of its own, so that what reading them costs does not count
 * as the server's. Takes orders by its channel; see crowd.ts.
 */
import { Agent, get } from 'node:http';
import type { Order, Receipt, Report } from './crowd.ts';

const agent = new Agent({ keepAlive: false, maxSockets: Number.POSITIVE_INFINITY });
const report: Report = { open: 0, ended: 0, firstEventMs: [], receipts: [] };

process.on('message', (order: Order) => {
  if (order.kind === 'open') void openAll(order);
  else process.send?.(report);
});
process.on('disconnect', () => process.exit(0));

async function openAll({ urls, headers, atOnce }: Extract<Order, { kind: 'open' }>): Promise<void> {
  const left = urls.map((url, client) => ({ url, client }));
  const open = async () => {
    for (let next = left.shift(); next; next = left.shift()) {
      await openStream(next.url, next.client, headers);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, open));
  process.send?.('opened');
}

/** Resolves with the first event, or when there will be none. */
function openStream(url: string, client: number, headers: Record<string, string>): Promise<void> {
  const begun = performance.now();
  return new Promise((resolve) => {
    const end = () => {
      report.ended += 1;
      resolve();
    };
    const request = get(url, { agent, headers }, (response) => {
      if (response.statusCode !== 200) return response.resume().on('end', end);
      let text = '';
      report.open += 1;
      response.setEncoding('utf8');
      response.once('data', () => {
        report.firstEventMs.push(performance.now() - begun);
        resolve();
      });
      response.on('data', (chunk: string) => {
        const lines = (text + chunk).split('\n');
        text = lines.pop() ?? '';
        for (const line of lines) report.receipts.push(...receiptsOf(line, client));
      });
      response.on('close', () => {
        report.open -= 1;
        end();
      });
      response.on('error', () => undefined);
    });
    request.on('error', end);
  });
}

function receiptsOf(line: string, client: number): Receipt[] {
  if (!line.startsWith('data: {"kind":"document')) return [];
  const at = Date.now();
  const update = JSON.parse(line.slice('data: '.length));
  const documents: { id: string; seq: number }[] = update.documents ?? [update.document];
  return documents.map(({ id, seq }) => ({ client, documentId: id, seq, at }));
}
