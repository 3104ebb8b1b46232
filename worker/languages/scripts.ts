/** Tesseract's languages by the scripts that it tells apart; those that are not here are Latin. */
const LANGUAGES: Record<string, string[]> = {
  Arabic: ['ara', 'fas', 'kur_ara', 'pus', 'snd', 'uig', 'urd'],
  Armenian: ['hye'],
  Bengali: ['ben', 'asm'],
  Canadian_Aboriginal: ['iku'],
  Cherokee: ['chr'],
  Cyrillic: [
    'rus',
    'ukr',
    'bul',
    'bel',
    'mkd',
    'srp',
    'kaz',
    'kir',
    'mon',
    'tat',
    'tgk',
    'uzb_cyrl',
  ],
  Devanagari: ['hin', 'mar', 'nep', 'san'],
  Ethiopic: ['amh', 'tir'],
  Georgian: ['kat', 'kat_old'],
  Greek: ['ell', 'grc'],
  Gujarati: ['guj'],
  Gurmukhi: ['pan'],
  Han: ['chi_sim', 'chi_tra', 'chi_sim_vert', 'chi_tra_vert'],
  Hangul: ['kor', 'kor_vert'],
  Hebrew: ['heb', 'yid'],
  Japanese: ['jpn', 'jpn_vert'],
  Kannada: ['kan'],
  Khmer: ['khm'],
  Korean: ['kor', 'kor_vert'],
  Lao: ['lao'],
  Malayalam: ['mal'],
  Myanmar: ['mya'],
  Oriya: ['ori'],
  Sinhala: ['sin'],
  Syriac: ['syr'],
  Tamil: ['tam'],
  Telugu: ['tel'],
  Thaana: ['div'],
  Thai: ['tha'],
  Tibetan: ['bod', 'dzo'],
};
const NOT_LATIN = new Set(Object.values(LANGUAGES).flat());

/** Those of the languages that are written in a script, by the name that Tesseract has for it. */
export function writtenIn(script: string, languages: string[]): string[] {
  const known = LANGUAGES[script];
  if (known) return known.filter((language) => languages.includes(language));
  return languages.filter((language) => !NOT_LATIN.has(language));
}
