const STORAGE_KEY = 'fanfold.languages';
const DEFAULT = ['eng'];

const VARIANTS: Record<string, string> = {
  sim: 'simplified',
  tra: 'traditional',
  vert: 'vertical',
  frak: 'Fraktur',
  old: 'old',
  latn: 'Latin script',
  cyrl: 'Cyrillic script',
};

const names = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' });

/** The name of one of Tesseract's languages, e.g. `deu` → German; its code where none is known. */
export function languageName(code: string): string {
  const [base = code, ...rest] = code.split('_');
  const name = /^[a-z]{2,3}$/.test(base) ? names.of(base) : undefined;
  if (!name) return code;
  const variant = rest.map((part) => VARIANTS[part] ?? part).join(', ');
  return variant ? `${name} (${variant})` : name;
}

/** What was chosen last, as far as this server can read it. */
export function rememberedLanguages(installed: string[] | undefined): string[] {
  const stored = parse(localStorage.getItem(STORAGE_KEY));
  const known = installed ? stored.filter((code) => installed.includes(code)) : stored;
  return known.length > 0 ? known : DEFAULT;
}

export function rememberLanguages(codes: string[]): void {
  localStorage.setItem(STORAGE_KEY, JSON.stringify(codes));
}

function parse(stored: string | null): string[] {
  try {
    const value: unknown = JSON.parse(stored ?? '[]');
    return Array.isArray(value) ? value.filter((code) => typeof code === 'string') : [];
  } catch {
    return [];
  }
}
