import { XMLParser } from 'fast-xml-parser';

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseAttributeValue: false,
  parseTagValue: false,
  alwaysCreateTextNode: true,
  htmlEntities: false,
  isArray: (name) => ['div', 'p', 'span', 'Page', 'TextBlock', 'TextLine', 'String'].includes(name),
});

/** The elements of an XML file as objects; those that repeat as lists. */
export const parseXml = (text: string) => parser.parse(text);
