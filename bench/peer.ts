import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { execa } from 'execa';
import type { Contender, Run } from './contender.ts';
import { endedChildrenCpu, watchTree } from './measure.ts';

export interface Peer {
  name: string;
  title: string;
  /** Programs that it takes, by the Debian package that has them. */
  programs?: Record<string, string>;
  /** npm packages that it takes, in the scratch folder. */
  packages?: string[];
  /** What to run; it reads `pdf` and leaves the texts of the pages in `output`, a form feed between two. */
  command(files: { pdf: string; output: string; folder: string; pages: number }): string[];
}

/** A program of others, run once for each file from a cold start, as they are used. */
export function peerContender(peer: Peer, scratch: string): Contender {
  const { name, title } = peer;
  const home = homeOf(peer, scratch);
  return {
    name,
    title,
    missing: () => whatIsMissing(peer, home),
    async run({ path, truths }) {
      const folder = await mkdtemp(join(tmpdir(), 'fanfold-peer-'));
      const output = join(folder, 'text.txt');
      try {
        const files = { pdf: path, output, folder, pages: truths.length };
        const usage = await runMeasured(peer.command(files), home);
        const texts = (await readFile(output, 'utf8')).split('\f').slice(0, truths.length);
        return { ...usage, texts };
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
  };
}

/** Installs what a peer takes: programs by apt, packages by npm into the scratch folder. */
export async function installPeer(peer: Peer, scratch: string): Promise<void> {
  const missing = await missingPrograms(peer);
  const packages = missing.map((program) => peer.programs?.[program] ?? program);
  if (packages.length > 0) {
    await execa('apt-get', ['install', '-y', '--no-install-recommends', ...packages], {
      stdio: 'inherit',
    });
  }
  const home = homeOf(peer, scratch);
  if (!peer.packages || missingPackages(peer, home).length === 0) return;
  await mkdir(home, { recursive: true });
  await execa('npm', ['install', '--prefix', home, '--no-save', ...peer.packages], {
    stdio: 'inherit',
  });
}

/** A folder of its own: npm removes what belongs to others. */
function homeOf({ name }: Peer, scratch: string): string {
  return join(scratch, name);
}

async function whatIsMissing(peer: Peer, home: string): Promise<string | null> {
  const missing = [...(await missingPrograms(peer)), ...missingPackages(peer, home)];
  return missing.length > 0 ? `${missing.join(', ')} not found; --install gets it` : null;
}

async function missingPrograms({ programs = {} }: Peer): Promise<string[]> {
  const found = await Promise.all(
    Object.keys(programs).map(async (program) => {
      const { exitCode } = await execa('sh', ['-c', 'command -v -- "$1"', 'sh', program], {
        reject: false,
      });
      return exitCode === 0 ? [] : [program];
    }),
  );
  return found.flat();
}

function missingPackages({ packages = [] }: Peer, home: string): string[] {
  return packages.filter((name) => !existsSync(join(home, 'node_modules', bareName(name))));
}

/** `@scope/name@1.0.0` without its version. */
function bareName(name: string): string {
  return name.replace(/(?<=.)@[^@/]*$/, '');
}

async function runMeasured(command: string[], cwd: string): Promise<Omit<Run, 'texts'>> {
  const [program = '', ...args] = command;
  const before = endedChildrenCpu();
  const start = performance.now();
  const child = spawn(program, args, {
    cwd: existsSync(cwd) ? cwd : tmpdir(),
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const errors = text(child.stderr);
  const watch = watchTree(child.pid ?? 0);
  const [code] = await once(child, 'close');
  const wall = (performance.now() - start) / 1000;
  const { peakSum, peakLargest } = watch.stop();
  if (code !== 0) throw new Error(`${program} ended with ${code}: ${(await errors).slice(-2_000)}`);
  return { wall, total: wall, cpu: endedChildrenCpu() - before, peakSum, peakLargest };
}
