import { XMLParser } from 'fast-xml-parser';
import { S3Error } from '../errors.ts';

/** A piece of XML; made only by `element`, so text in it is always escaped. */
export interface Xml {
  readonly markup: string;
}

type Child = Xml | string | number | boolean | undefined;

const NAMESPACE = 'http://s3.amazonaws.com/doc/2006-03-01/';

/** An element with its children; `undefined` children are left out. */
export function element(name: string, ...children: (Child | Child[])[]): Xml {
  const inner = children.flat().map((child) => {
    if (child === undefined) return '';
    return typeof child === 'object' ? child.markup : escapeXml(String(child));
  });
  return { markup: `<${name}>${inner.join('')}</${name}>` };
}

/** An element that is left out where its value is undefined. */
export function optional(name: string, value: string | number | undefined): Xml | undefined {
  return value === undefined ? undefined : element(name, value);
}

/** A whole document in S3's namespace. */
export function xmlDocument(name: string, ...children: (Child | Child[])[]): string {
  const { markup } = element(name, ...children);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${markup.replace('>', ` xmlns="${NAMESPACE}">`)}`;
}

/** The error document, which has no namespace. */
export function errorDocument(children: Record<string, string>): string {
  const inner = Object.entries(children).map(([name, value]) => element(name, value));
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element('Error', inner).markup}`;
}

/** A parsed element: the elements in it by name, or its text. Throws `MalformedXML`. */
export function parseXml(text: string, repeated: string[]): Record<string, unknown> {
  try {
    if (/<!(DOCTYPE|ENTITY)/i.test(text)) throw new Error('A document type is not allowed.');
    const parser = new XMLParser({
      ignoreDeclaration: true,
      parseTagValue: false,
      trimValues: false,
      isArray: (name) => repeated.includes(name),
    });
    return parser.parse(text, true) as Record<string, unknown>;
  } catch (cause) {
    throw malformedXml(cause);
  }
}

export function malformedXml(cause?: unknown): S3Error {
  return new S3Error(
    'MalformedXML',
    'The XML you provided was not well-formed or did not validate.',
    { cause },
  );
}

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

function escapeXml(text: string): string {
  return text.replace(
    // biome-ignore lint/suspicious/noControlCharactersInRegex: keys may hold control characters.
    /[&<>"'\u0000-\u001f\u007f\ufffe\uffff]/g,
    (character) => ENTITIES[character] ?? `&#x${character.charCodeAt(0).toString(16)};`,
  );
}
