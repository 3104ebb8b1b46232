import { randomBytes, randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { max } from 'simple-statistics';
import { updateDocument } from '#server/documents/update.ts';
import { uploadFile } from '#server/testing/harness.ts';
import { atLeast, atMost, type Bar, exactly } from '../harness/bar.ts';

/** Longer than a notification may be. */
const NAME_BYTES = 10_000;

export const longNames: Bar = {
  id: 'L4',
  title: 'file names of 10 kB',
  async run({ ctx, databaseUrl, long }) {
    const listener = new Client({ connectionString: databaseUrl });
    await listener.connect();
    const payloads: string[] = [];
    listener.on('notification', ({ payload = '' }) => payloads.push(payload));
    await listener.query('listen fanfold_changes');
    const count = long ? 200 : 25;
    const changed: string[] = [];
    for (let made = 0; made < count; made += 1) {
      const fileName = nameOf(NAME_BYTES);
      const documentId = await uploadFile(ctx, undefined, { fileName });
      await updateDocument({ ctx, input: { documentId, tags: [nameOf(20)] } });
      changed.push(documentId);
    }
    await sleep(1_000);
    await listener.end();
    const expected = new Set(changed.map((id) => `${ctx.ownerId}:${id}`));
    return [
      atLeast('documents announced', new Set(payloads).size, count),
      exactly(
        'payloads that are not two ids',
        payloads.filter((one) => !expected.has(one)).length,
        0,
      ),
      atMost('longest payload', max(payloads.map((one) => Buffer.byteLength(one))), 200, ' bytes'),
    ];
  },
};

/** Letters of one to four bytes, quotes, colons and what else confuses. */
function nameOf(bytes: number): string {
  const letters = [
    'a',
    "'",
    '"',
    ':',
    ',',
    '\\',
    '\n',
    'ü',
    '漢',
    '🗎',
    randomBytes(2).toString('hex'),
  ];
  let name = '';
  while (Buffer.byteLength(name) < bytes) name += letters[randomInt(letters.length)];
  return name;
}
