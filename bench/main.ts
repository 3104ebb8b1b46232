import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { execa } from 'execa';
import { ENGINE_NAMES, type EngineName } from '#server/engines/names.ts';
import type { Contender } from './contender.ts';
import { startFanfold } from './fanfold.ts';
import { installPeer, peerContender } from './peer.ts';
import { PEERS } from './peers/all.ts';
import { plot } from './plot.ts';
import { markdownReport, type SetResults } from './report.ts';
import { type BenchSet, makeSet, SET_NAMES, type SetName } from './sets.ts';

const HELP = `Measures Fanfold and others in turn on the same files.

  npm run bench -- [options]

  --sets gray,bilevel     of gray, bilevel, mixed, digital (gray,bilevel,mixed)
  --engines tesseract     Fanfold's engines (tesseract,tesseract-native)
  --peers ocrmypdf        of ${PEERS.map(({ name }) => name).join(', ')}, or none (all)
  --pages N               pages of each set (10)
  --rounds N              (3)
  --corpus FOLDER         gray and bilevel pages from FOLDER/scan200 with FOLDER/truth
  --scratch FOLDER        where peers and sets are kept (in the temporary folder)
  --install               get peers that are missing: by apt, and by npm into the scratch folder
  --write                 put the tables into docs/performance.md, the plot into docs/images
`;

const { values } = parseArgs({
  options: {
    sets: { type: 'string', default: 'gray,bilevel,mixed' },
    engines: { type: 'string', default: 'tesseract,tesseract-native' },
    peers: { type: 'string', default: PEERS.map(({ name }) => name).join(',') },
    pages: { type: 'string', default: '10' },
    rounds: { type: 'string', default: '3' },
    corpus: { type: 'string' },
    scratch: { type: 'string', default: join(tmpdir(), 'fanfold-bench-scratch') },
    install: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) console.log(HELP);
else await bench();

async function bench(): Promise<void> {
  const sets = choose('--sets', values.sets, SET_NAMES);
  const engines = choose('--engines', values.engines, ENGINE_NAMES);
  const peers = PEERS.filter(({ name }) => values.peers.split(',').includes(name));
  for (const peer of values.install ? peers : []) {
    await installPeer(peer, values.scratch).catch((error: Error) => console.error(error.message));
  }
  const made = await makeSets(sets);
  const instance = await startFanfold(2);
  const results: SetResults[] = [];
  try {
    const contenders = await present([
      ...engines.map((engine: EngineName) => instance.contender(engine)),
      ...peers.map((peer) => peerContender(peer, values.scratch)),
    ]);
    for (const set of made) results.push(await compare(set, contenders));
  } finally {
    await instance.stop();
  }
  const report = markdownReport(results);
  console.log(`\n${report}`);
  if (values.write)
    await publish(`![Pages a minute](images/performance.svg)\n\n${report}`, plot(results));
}

async function makeSets(names: SetName[]): Promise<BenchSet[]> {
  const made: BenchSet[] = [];
  for (const name of names) {
    console.error(`making ${name}`);
    const { corpus, pages, scratch } = values;
    made.push(await makeSet(name, { folder: join(scratch, 'sets'), pages: Number(pages), corpus }));
  }
  return made;
}

async function present(contenders: Contender[]): Promise<Contender[]> {
  const there: Contender[] = [];
  for (const contender of contenders) {
    const missing = await contender.missing();
    if (missing) console.error(`without ${contender.name}: ${missing}`);
    else there.push(contender);
  }
  return there;
}

/** Every round all take their turn, so that a machine that slows down does so for all. */
async function compare(set: BenchSet, contenders: Contender[]): Promise<SetResults> {
  const taking = contenders.filter(({ name }) => set.scanned || name.startsWith('fanfold:'));
  const results = taking.map((contender) => ({
    contender,
    runs: [] as SetResults['results'][number]['runs'],
  }));
  for (let round = 1; round <= Number(values.rounds); round++) {
    for (const { contender, runs } of results) {
      const run = await contender.run(set);
      runs.push(run);
      const { wall, total, cpu } = run;
      const figures = [wall, total, cpu].map((seconds) => seconds.toFixed(1)).join(' / ');
      console.error(
        `${set.name} ${round}/${values.rounds} ${contender.name}: ${figures} s (pages / all / CPU)`,
      );
    }
  }
  return { set, results };
}

async function publish(report: string, svg: string): Promise<void> {
  const docs = join(import.meta.dirname, '../docs');
  const file = join(docs, 'performance.md');
  const text = await readFile(file, 'utf8');
  const marked = /(<!-- bench -->\n)[\s\S]*(<!-- \/bench -->)/;
  if (!marked.test(text)) throw new Error(`${file} has lost its bench markers.`);
  await writeFile(
    file,
    text.replace(marked, (_, before, after) => `${before}\n${report}\n\n${after}`),
  );
  await execa('biome', ['format', '--write', file], { preferLocal: true });
  await mkdir(join(docs, 'images'), { recursive: true });
  await writeFile(join(docs, 'images/performance.svg'), svg);
}

function choose<T extends string>(option: string, text: string, known: readonly T[]): T[] {
  return text.split(',').map((name) => {
    const found = known.find((one) => one === name.trim());
    if (!found) throw new Error(`${option} ${name}: choose from ${known.join(', ')}.`);
    return found;
  });
}
