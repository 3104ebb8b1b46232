/** An operator of a content stream with what stands before it. */
export interface Operation {
  name: string;
  /** As they are written. */
  operands: string;
  /** Where its operands begin and where it ends, characters. */
  start: number;
  end: number;
}

const SKIPPED = /(?:[\0\t\n\f\r ]+|%[^\r\n]*)+/y;
const REGULAR = /[^\0\t\n\f\r ()<>[\]{}/%]+/y;
const OPERAND = /\/[^\0\t\n\f\r ()<>[\]{}/%]*|<<|>>|<[\dA-Fa-f\0\t\n\f\r ]*>|[[\]{}]/y;
const LITERAL = /^(?:[+-]?[\d.][\d.+-]*|true|false|null)$/;
/** Where the data of an inline image may end: what follows must look like content again. */
const IMAGE_END = /[\0\t\n\f\r ]EI(?=[\0\t\n\f\r ][\t\n\f\r -~]{0,8}|$)/g;

/**
 * The operators of a content stream in order, by PDF 2.0, 7.8.2 and 8.9.7. The content is one
 * character a byte. Throws where it makes no sense.
 */
export function* operationsOf(content: string): Generator<Operation> {
  let start = 0;
  let at = 0;
  while (at < content.length) {
    const tokenStart = match(SKIPPED, content, at);
    if (tokenStart === content.length) return;
    at = operandEnd(content, tokenStart);
    if (at > tokenStart) continue;
    at = match(REGULAR, content, tokenStart);
    if (at === tokenStart) throw new Error(`content stream: nothing begins at ${tokenStart}`);
    const name = content.slice(tokenStart, at);
    if (LITERAL.test(name)) continue;
    if (name === 'ID') at = imageEnd(content, at);
    yield { name, operands: content.slice(start, tokenStart).trim(), start, end: at };
    start = at;
  }
}

function match(pattern: RegExp, content: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(content) ? pattern.lastIndex : at;
}

/** Of strings, names, arrays and dictionaries; numbers are told apart from operators later. */
function operandEnd(content: string, at: number): number {
  return content[at] === '(' ? stringEnd(content, at) : match(OPERAND, content, at);
}

function stringEnd(content: string, start: number): number {
  let depth = 0;
  for (let at = start; at < content.length; at++) {
    const character = content[at];
    if (character === '\\') at++;
    else if (character === '(') depth++;
    else if (character === ')' && --depth === 0) return at + 1;
  }
  throw new Error('content stream: a string has no end');
}

function imageEnd(content: string, from: number): number {
  IMAGE_END.lastIndex = from;
  if (!IMAGE_END.test(content)) throw new Error('content stream: an image has no end');
  return IMAGE_END.lastIndex;
}
