import { Group } from '../group.ts';
import type { Output } from '../output.ts';
import { stubPrograms } from './stub-programs.ts';

/** A group with a real Postgres, stubs for the rest, on a free port. */
export function stubGroup(folder: string, port: number): Group {
  const silent = () => {};
  const output: Output = { line: silent, info: silent, warn: silent, announce: silent };
  const { NODE_ENV, PATH } = process.env;
  const store = {
    S3_ENDPOINT: 'http://127.0.0.1:9',
    S3_ACCESS_KEY_ID: 'x',
    S3_SECRET_ACCESS_KEY: 'x',
  };
  return new Group({
    root: folder,
    folder,
    host: '127.0.0.1',
    port,
    mode: 'production',
    source: { NODE_ENV, PATH, ...store },
    output,
    programs: stubPrograms,
  });
}
