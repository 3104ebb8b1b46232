// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what a database or an XML file refuses.
const REFUSED = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

/**
 * Text that every store and output format takes: no control characters but tab and line breaks, no
 * lone surrogates, no noncharacters.
 */
export function cleanText(text: string): string {
  return text.toWellFormed().replace(REFUSED, '');
}
