import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { LIMITS } from '#fixtures/page-pool.ts';
import { decodeImagePage } from './page.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fanfold-profile-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const RED = [200, 30, 40];

test.each(['srgb', 'p3'])(
  'decodes a picture to its colours whose profile is %s',
  async (profile) => {
    const [r = 0, g = 0, b = 0] = RED;
    const path = join(folder, 'picture.png');
    await sharp({ create: { width: 40, height: 40, channels: 3, background: { r, g, b } } })
      .withIccProfile(profile)
      .png()
      .toFile(path);
    const { color } = await decodeImagePage({ path, type: 'image/png' }, 1, LIMITS);
    for (const [channel, level] of RED.entries()) {
      expect(Math.abs((color?.data[channel] ?? 0) - level)).toBeLessThanOrEqual(2);
    }
  },
);
