const names = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' });

/** The English name of one of Tesseract's languages, e.g. `deu` → German; its code where none is known. */
export function languageName(code: string): string {
  const [base = code] = code.split('_');
  return (/^[a-z]{2,3}$/.test(base) ? names.of(base) : undefined) ?? code;
}
