import type { Engine } from './engine.ts';

/** Reads nothing, for tests of what lies around an engine. */
export function createNullEngine(): Engine {
  return {
    name: 'null',
    version: '1',
    recognize: async () => ({ blocks: [] }),
    findTurn: async () => null,
    close: async () => {},
  };
}
