import type { EngineName } from '#server/engines/names.ts';

const STORAGE_KEY = 'fanfold.engine';

/** What was chosen last, where this server has it; null for the server's default. */
export function rememberedEngine(available: EngineName[] | undefined): EngineName | null {
  const stored = localStorage.getItem(STORAGE_KEY);
  return available?.find((name) => name === stored) ?? null;
}

export function rememberEngine(name: EngineName): void {
  localStorage.setItem(STORAGE_KEY, name);
}
