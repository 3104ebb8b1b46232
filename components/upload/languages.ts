import type { AUTO_LANGUAGE } from '#server/documents/schemas.ts';

const STORAGE_KEY = 'fanfold.languages';
const DEFAULT = ['eng'];
/** Stands alone where each page's languages are to be found out. */
export const AUTO: typeof AUTO_LANGUAGE = 'auto';

const VARIANTS = ['sim', 'tra', 'vert', 'frak', 'old', 'latn', 'cyrl'] as const;

/**
 * The name of one of Tesseract's languages in the language of `tag` (BCP 47), e.g. `deu` → German; its
 * code where none is known. `variantOf` names what may follow, as in `chi_sim`.
 */
export function languageName(
  code: string,
  tag: string,
  variantOf: (variant: (typeof VARIANTS)[number]) => string,
): string {
  const [base = code, ...rest] = code.split('_');
  const name = /^[a-z]{2,3}$/.test(base) ? namesIn(tag).of(base) : undefined;
  if (!name) return code;
  const variants = rest.map((part) => {
    const known = VARIANTS.find((variant) => variant === part);
    return known ? variantOf(known) : part;
  });
  const capital = name.slice(0, 1).toLocaleUpperCase(tag) + name.slice(1);
  return variants.length > 0 ? `${capital} (${variants.join(', ')})` : capital;
}

const names = new Map<string, Intl.DisplayNames>();

function namesIn(tag: string): Intl.DisplayNames {
  const known = names.get(tag);
  if (known) return known;
  const created = new Intl.DisplayNames([tag], { type: 'language', fallback: 'none' });
  names.set(tag, created);
  return created;
}

/** What was chosen last, as far as this server can read it. */
export function rememberedLanguages(installed: string[] | undefined): string[] {
  const stored = parse(localStorage.getItem(STORAGE_KEY));
  const known = installed
    ? stored.filter((code) => code === AUTO || installed.includes(code))
    : stored;
  return known.length > 0 ? known : DEFAULT;
}

/** What is chosen once this one is ticked or unticked; at least one stays. */
export function toggleLanguage(chosen: string[], code: string, on: boolean): string[] {
  if (code === AUTO) return on ? [AUTO] : DEFAULT;
  const others = chosen.filter((other) => other !== code && other !== AUTO);
  return on ? [...others, code] : others;
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
