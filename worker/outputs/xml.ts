import { cleanText } from '../page/text.ts';

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  // In an attribute they would be read as spaces.
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};

/** Text for the content or an attribute of an XML element; what XML cannot hold is left out. */
export function escapeXml(text: string): string {
  return cleanText(text).replace(/[&<>"'\t\n\r]/g, (character) => ENTITIES[character] as string);
}

/** ` name="value"` for each attribute that has a value. */
export function xmlAttributes(values: Record<string, string | number | null>): string {
  return Object.entries(values)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => ` ${name}="${escapeXml(String(value))}"`)
    .join('');
}
