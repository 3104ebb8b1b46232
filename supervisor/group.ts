import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { needsBuild } from './build.ts';
import { describeEnding, type Launch, launchChild } from './child.ts';
import { openCluster } from './cluster.ts';
import { buildEnvironment, DATABASE, embedded, type Mode } from './environment.ts';
import { prepareFolder } from './folder.ts';
import { acquireLock } from './lock.ts';
import type { Output } from './output.ts';
import { Part, type PartOptions } from './part.ts';
import { claimPort, reusePort, urlOf } from './ports.ts';
import { ensureDatabase, postgresPart } from './postgres.ts';
import { fanfoldPrograms, PROGRAM_STOP, webPart, workerPart } from './programs.ts';
import { endLeftovers, openRegistry, type Registry } from './registry.ts';
import { loadSettings, type Settings, saveSettings } from './settings.ts';
import { StartError } from './start-error.ts';
import { storePart } from './store.ts';

export interface GroupOptions {
  /** The project. */
  root: string;
  /** The data folder. */
  folder: string;
  host: string;
  /** 0 for any free one. */
  port: number;
  mode: Mode;
  /** The environment that the supervisor was started with. */
  source: NodeJS.ProcessEnv;
  output: Output;
  programs?: typeof fanfoldPrograms;
}

/** Everything an installation runs: started in order, stopped in reverse. */
export class Group {
  readonly #options: GroupOptions;
  readonly #releases: (() => unknown)[] = [];
  readonly #parts = new Map<string, Part>();
  readonly #stopping = Promise.withResolvers<never>();
  #registry: Registry | undefined;
  #starting: Promise<string> | undefined;
  #stopped: Promise<void> | undefined;

  constructor(options: GroupOptions) {
    this.#options = options;
    this.#stopping.promise.catch(() => {});
  }

  /** Resolves to the address once everything answers; rejects when that is impossible. */
  start(): Promise<string> {
    this.#starting ??= this.#start();
    return this.#starting;
  }

  /** Stops whatever has been started, the last first; also in the middle of a start. */
  stop(): Promise<void> {
    this.#stopped ??= this.#stop();
    return this.#stopped;
  }

  /** Ends everything at once. */
  kill(): void {
    this.#registry?.killAll();
  }

  get isStopping(): boolean {
    return this.#stopped !== undefined;
  }

  part(name: string): Part | undefined {
    return this.#parts.get(name);
  }

  async #start(): Promise<string> {
    const { folder, host, mode, root, source, output } = this.#options;
    const registry = await this.#takeFolder();
    const port = await claimPort(host, this.#options.port);
    const settings = await this.#chooseSettings(port);
    const { postgresPort = 0, storePort = 0 } = settings;
    const env = buildEnvironment({ ...this.#options, port, settings, postgresPort, storePort });
    const programs = (this.#options.programs ?? fanfoldPrograms)({ root, mode, host, port, env });
    const own = embedded(source);
    if (own.postgres) await this.#startPostgres(registry, settings, postgresPort);
    if (own.store) await this.#startStore(registry, settings, storePort, env);
    if (programs.build && needsBuild(root)) {
      output.info('Building the web interface (first start, about a minute)…');
      await this.#runOnce('build', programs.build, registry);
    }
    await this.#runOnce('setup', programs.setup, registry);
    await this.#startParts(registry, [
      webPart(programs.web, host, port),
      workerPart(programs.worker),
    ]);
    const url = urlOf(host, port);
    this.#publish(join(folder, 'run.json'), url);
    return url;
  }

  async #stop(): Promise<void> {
    this.#stopping.reject(new StartError('Fanfold was stopped before it was ready.'));
    await this.#starting?.catch(() => {});
    for (const release of this.#releases.toReversed()) await release();
  }

  async #takeFolder(): Promise<Registry> {
    const { folder, output } = this.#options;
    prepareFolder(folder);
    this.#releases.push(await acquireLock(folder));
    const file = join(folder, 'pids.json');
    const leftovers = await endLeftovers(file);
    if (leftovers.length > 0) {
      output.warn(`Ended what an interrupted run had left behind: ${leftovers.join(', ')}`);
    }
    this.#registry = openRegistry(file);
    this.#releases.push(() => rmSync(file, { force: true }));
    return this.#registry;
  }

  async #chooseSettings(port: number): Promise<Settings> {
    const { folder, host, source } = this.#options;
    const settings = loadSettings(folder);
    const own = embedded(source);
    const chosen = { ...settings };
    if (own.postgres) {
      chosen.postgresPort = await reusePort('127.0.0.1', settings.postgresPort, [port]);
    }
    if (own.store) chosen.storePort = await reusePort(host, settings.storePort, [port]);
    saveSettings(folder, chosen);
    return chosen;
  }

  async #startPostgres(registry: Registry, settings: Settings, port: number): Promise<void> {
    const password = settings.postgresPassword;
    const cluster = await openCluster(join(this.#options.folder, 'postgres'), password);
    await this.#startParts(registry, [postgresPart({ cluster, port, password })]);
    await ensureDatabase({ port, password }, DATABASE);
  }

  async #startStore(
    registry: Registry,
    settings: Settings,
    port: number,
    env: NodeJS.ProcessEnv,
  ): Promise<void> {
    const { root, host } = this.#options;
    const folder = join(this.#options.folder, 'objects');
    await this.#startParts(registry, [storePart({ root, folder, host, port, settings, env })]);
  }

  async #startParts(
    registry: Registry,
    specifications: Omit<PartOptions, 'registry' | 'output'>[],
  ): Promise<void> {
    const { output } = this.#options;
    const parts = specifications.map((one) => new Part({ ...one, registry, output }));
    for (const part of parts) this.#parts.set(part.name, part);
    this.#releases.push(() => Promise.all(parts.map((part) => part.stop())));
    await this.#unlessStopped(Promise.all(parts.map((part) => part.start())));
  }

  /** Runs a program to its end; throws a StartError when that is not a success. */
  async #runOnce(name: string, launch: Launch, registry: Registry): Promise<void> {
    const { output } = this.#options;
    const onLine = (line: string) => output.line(name, line);
    const child = launchChild(name, launch, { stop: PROGRAM_STOP, registry, onLine });
    const ending = await this.#unlessStopped(child.exited).catch(async (stopped) => {
      await child.end();
      throw stopped;
    });
    if (ending.code !== 0) throw new StartError(`The ${name} step ${describeEnding(ending)}.`);
  }

  #unlessStopped<T>(step: Promise<T>): Promise<T> {
    return Promise.race([step, this.#stopping.promise]);
  }

  /** How the command line finds the server. */
  #publish(file: string, url: string): void {
    writeFileSync(file, JSON.stringify({ url, pid: process.pid }), { mode: 0o600 });
    this.#releases.push(() => rmSync(file, { force: true }));
  }
}
