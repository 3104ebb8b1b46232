import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv as parseDotEnv } from 'node:util';
import { expect, test } from 'vitest';
import { parseEnv } from '#server/env.ts';
import { PROJECT } from './options.ts';

const read = (path: string) => readFileSync(join(PROJECT, path), 'utf8');
const example = parseDotEnv(read('.env.example'));

test('the example names every setting of the server', () => {
  const settings = [...read('server/env.ts').matchAll(/^ {2}([A-Z][A-Z0-9_]+):/gm)].map(
    ([, name = '']) => name,
  );
  expect(settings.length).toBeGreaterThan(20);
  const setByCommands = ['NODE_ENV'];
  expect(settings.filter((name) => !(name in example))).toEqual(setByCommands);
});

test('the example shows the defaults', () => {
  const made = {
    FANFOLD_SECRET: '0'.repeat(64),
    FANFOLD_LOCAL_KEY: 'k'.repeat(32),
    DATABASE_URL: 'postgres://localhost/fanfold',
    S3_ACCESS_KEY_ID: 'id',
    S3_SECRET_ACCESS_KEY: 'secret',
  };
  expect(parseEnv({ ...example, ...made })).toEqual(parseEnv(made));
});
