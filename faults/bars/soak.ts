import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { readCorpus } from '#fixtures/corpus.ts';
import { drawPage } from '#fixtures/images.ts';
import { removeDocument } from '#server/documents/remove.ts';
import type { WorkerProcess } from '#worker/testing/worker-process.ts';
import { atLeast, type Bar, exactly, type Finding, type World } from '../harness/bar.ts';
import { scanLoad, submit, textLoad, untilEnded } from '../harness/load.ts';
import { openFilesOf } from '../harness/processes.ts';

const PRELOAD = fileURLToPath(new URL('../harness/tell-handles.ts', import.meta.url));
/** Documents under way at once. */
const AT_ONCE = 8;
/** Documents after which every process that is started when it is needed has been. */
const WARM = 24;
/** Seconds after which connections that nobody uses are closed. */
const REST = 15;
/** Bytes up to which a file of the corpus is taken. */
const SMALL = 1024 ** 2;

export const soak: Bar = {
  id: 'R28',
  title: 'files of all kinds, one after the other, for long',
  longOnly: true,
  async run(world) {
    const minutes = world.minutes ?? (world.long ? 120 : 0.4);
    const workers = await Promise.all(
      [1, 2].map(() => world.startWorker({ NODE_OPTIONS: `--import=${PRELOAD}` })),
    );
    const files = await mixedFiles(world.long);
    await readFor(world, files, 0, WARM);
    const before = await countAtRest(workers);
    const documents = await readFor(world, files, minutes * 60);
    const after = await countAtRest(workers);
    const logs = workers.map((worker) => worker.log()).join('\n');
    world.log(`${documents} documents in ${minutes} min, of ${files.length} files`);
    return [
      atLeast('documents', documents, files.length),
      exactly('unhandled rejections', logs.split('"unhandledRejection"').length - 1, 0),
      exactly(
        'workers that ended',
        workers.filter(({ child }) => child.exitCode !== null).length,
        0,
      ),
      flat('open files of the workers', before.files, after.files),
      flat('handles of the workers', before.handles, after.handles),
    ];
  },
};

async function mixedFiles(all: boolean): Promise<{ bytes: Buffer; type: string }[]> {
  const own = [
    { bytes: (await scanLoad(2)).bytes, type: 'application/pdf' },
    { bytes: (await textLoad(5)).bytes, type: 'application/pdf' },
    { bytes: Buffer.from(drawPage('One picture.', { dpi: 100 }).png()), type: 'image/png' },
    { bytes: Buffer.from('%PDF-1.4\n%%EOF\n'), type: 'application/pdf' },
  ];
  const corpus = (all ? (readCorpus() ?? []) : []).filter(({ slow }) => !slow);
  const others = corpus.map(({ path }) => ({ bytes: readFileSync(path), type: 'application/pdf' }));
  return [...own, ...others.filter(({ bytes }) => bytes.length > 0 && bytes.length <= SMALL)];
}

/** Reads every file, `least` documents, and then on for so many seconds; resolves to how many. */
async function readFor(
  { ctx }: World,
  files: { bytes: Buffer; type: string }[],
  seconds: number,
  least = 0,
): Promise<number> {
  const deadline = Date.now() + seconds * 1000;
  let next = 0;
  const readOn = async () => {
    while (next < Math.max(files.length, least) || Date.now() < deadline) {
      const { bytes, type } = files[next % files.length] as (typeof files)[number];
      next += 1;
      const documentId = await submit(ctx, bytes, { contentType: type });
      await untilEnded(ctx, documentId);
      await removeDocument({ ctx, input: { documentId } });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, readOn));
  return next;
}

interface Held {
  files: number;
  handles: number;
}

/** What the workers hold once nothing is to be done. */
async function countAtRest(workers: WorkerProcess[]): Promise<Held> {
  await sleep(REST * 1000);
  const held: Held = { files: 0, handles: 0 };
  for (const { child } of workers) {
    held.files += openFilesOf(child.pid as number) ?? 0;
    held.handles += await new Promise<number>((resolve) => {
      const answer = (message: unknown) => {
        if (typeof message !== 'object' || !message || !('handles' in message)) return;
        child.off('message', answer);
        resolve(Number(message.handles));
      };
      child.on('message', answer);
      child.send('handles');
    });
  }
  return held;
}

/** Fewer than before are no leak. */
function flat(what: string, before: number, after: number): Finding {
  const figure = `${before} → ${after}`;
  return { what, figure, limit: '≤ + 5 %', ok: after <= 1.05 * before };
}
