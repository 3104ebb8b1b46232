import { describe, expect, test } from 'vitest';
import { LOCAL_OWNER_ID } from '../context.ts';
import { parseEnv } from '../env.ts';
import { authenticate } from './authenticate.ts';

const KEY = 'ff_local_'.padEnd(52, 'k');
const env = parseEnv({
  DATABASE_URL: 'postgres://127.0.0.1/x',
  S3_ACCESS_KEY_ID: 'a',
  S3_SECRET_ACCESS_KEY: 'b',
  FANFOLD_SECRET: '0'.repeat(64),
  FANFOLD_LOCAL_KEY: KEY,
  PORT: '3000',
});

const ask = (method: string, headers: Record<string, string>) =>
  authenticate(
    new Request('http://127.0.0.1:3000/api/trpc', {
      method,
      headers: { host: '127.0.0.1:3000', ...headers },
    }),
    env,
  );

describe('authenticate', () => {
  test('takes the local key, and nothing that is nearly it', () => {
    expect(ask('POST', { authorization: `Bearer ${KEY}` })).toBe(LOCAL_OWNER_ID);
    expect(ask('POST', { authorization: `Bearer ${KEY}x` })).toBeUndefined();
    expect(ask('POST', { authorization: KEY })).toBeUndefined();
  });

  test('a wrong key is not made good by coming from our own page', () => {
    const headers = { authorization: 'Bearer wrong', 'sec-fetch-site': 'same-origin' };
    expect(ask('GET', headers)).toBeUndefined();
  });

  test('takes requests of our own pages', () => {
    expect(ask('GET', { 'sec-fetch-site': 'same-origin' })).toBe(LOCAL_OWNER_ID);
    expect(ask('POST', { 'sec-fetch-site': 'same-origin', origin: 'http://127.0.0.1:3000' })).toBe(
      LOCAL_OWNER_ID,
    );
    expect(ask('POST', { host: 'localhost:3000', origin: 'http://localhost:3000' })).toBe(
      LOCAL_OWNER_ID,
    );
  });

  test.each([
    [
      'a page of another site',
      'POST',
      { 'sec-fetch-site': 'cross-site', origin: 'http://evil.example' },
    ],
    [
      'another port of this machine',
      'POST',
      { 'sec-fetch-site': 'same-site', origin: 'http://127.0.0.1:4000' },
    ],
    ['a sandboxed frame', 'POST', { origin: 'null' }],
    ['a link typed in that changes something', 'POST', { 'sec-fetch-site': 'none' }],
    ['a program without a key', 'GET', {}],
    [
      'a name that was rebound to this machine',
      'GET',
      { host: 'evil.example:3000', 'sec-fetch-site': 'same-origin' },
    ],
  ])('refuses %s', (_name, method, headers) => {
    expect(ask(method, headers)).toBeUndefined();
  });
});
