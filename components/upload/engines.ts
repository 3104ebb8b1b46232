import type { EngineName } from '#server/engines/names.ts';

const STORAGE_KEY = 'fanfold.engine';

const LABELS: Record<EngineName, string> = {
  tesseract: 'Tesseract',
  'tesseract-native': 'Tesseract (installed)',
  vision: 'Vision model',
  null: 'None (for tests)',
};

/** What people call an engine; its own name where it is not known. */
export function engineLabel(name: string): string {
  return Object.hasOwn(LABELS, name) ? LABELS[name as EngineName] : name;
}

/** What was chosen last, where this server has it; null for the server's default. */
export function rememberedEngine(available: EngineName[] | undefined): EngineName | null {
  const stored = localStorage.getItem(STORAGE_KEY);
  return available?.find((name) => name === stored) ?? null;
}

export function rememberEngine(name: EngineName): void {
  localStorage.setItem(STORAGE_KEY, name);
}
