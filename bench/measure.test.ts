import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { watchTree } from './measure.ts';

const linux = process.platform === 'linux';

test.runIf(linux)(
  'sees the time and the memory of a whole process tree',
  async () => {
    const busy =
      'const b = Buffer.alloc(80e6, 1); const t = Date.now(); while (Date.now() - t < 1500);';
    const script = `require('child_process').spawnSync(process.execPath, ['-e', ${JSON.stringify(busy)}])`;
    const child = spawn(process.execPath, ['-e', `${script}; setTimeout(() => {}, 5000)`]);
    const watch = watchTree(child.pid ?? 0);
    await sleep(3_000);
    const { cpu, peakSum, peakLargest } = watch.stop();
    child.kill();
    await once(child, 'exit');
    expect(cpu).toBeGreaterThan(0.2);
    expect(peakLargest).toBeGreaterThan(80e6);
    expect(peakSum).toBeGreaterThan(peakLargest);
  },
  20_000,
);
