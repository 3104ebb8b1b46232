import compile from 'icu-minify/compile';
import { describe, expect, it } from 'vitest';
import { ERROR_CODES } from '#server/errors.ts';
import { en } from './messages/en/index.ts';
import { es } from './messages/es/index.ts';
import { errors, sentences } from './messages/es/server.ts';
import { readSources } from './testing/sources.ts';
import { literalsIn, usedKeys } from './testing/words-in-source.ts';

const SOURCES = readSources(['app', 'components']);
const english = flat(en);
const spanish = flat(es);

describe('the catalogues', () => {
  it('have the same keys in both languages', () => {
    expect([...spanish.keys()].sort()).toEqual([...english.keys()].sort());
  });

  it('take the same values in both languages', () => {
    for (const [key, message] of english) {
      expect(valuesOf(spanish.get(key) ?? ''), key).toEqual(valuesOf(message));
    }
  });

  it('hold nothing empty, and nothing that nobody translated', () => {
    const same = [...english].filter(([key, message]) => spanish.get(key) === message);
    expect(same.map(([, message]) => message).filter((message) => !SAME.test(message))).toEqual([]);
    expect([...english.values(), ...spanish.values()].filter((text) => !text.trim())).toEqual([]);
  });

  it('hold no key that nothing uses', () => {
    const used = SOURCES.flatMap(usedKeys);
    const isUsed = (key: string) => used.some((pattern) => pattern.test(key));
    expect([...english.keys()].filter((key) => !isUsed(key))).toEqual([]);
  });

  it('know every error of the server in the other language', () => {
    expect(Object.keys(errors).sort()).toEqual([...ERROR_CODES].sort());
  });

  it('know sentences of the server only that it still says', () => {
    const code = readSources(['client', 'components/data', 'server', 'worker'])
      .map(({ text }) => text)
      .join('\n');
    const gone = Object.keys(sentences).filter((sentence) =>
      sentence.split(/\{\d\}/).some((part) => !saidIn(code, part)),
    );
    expect(gone).toEqual([]);
  });
});

describe('the interface', () => {
  it('has no words of its own', () => {
    expect(SOURCES.flatMap(literalsIn)).toEqual([]);
  });
});

/** Names, formats and signs that are the same everywhere. */
const SAME =
  /^(JSON|Markdown|hOCR|ALTO XML|Tesseract|Tokens|Zoom|Esc|Tab|vertical|Fraktur|\{[\s\S]*\})$/;

interface Catalogue {
  [key: string]: string | Catalogue;
}

function flat(catalogue: Catalogue, before = ''): Map<string, string> {
  return new Map(
    Object.entries(catalogue).flatMap(([key, value]) =>
      typeof value === 'string'
        ? [[before + key, value] as const]
        : [...flat(value, `${before}${key}.`)],
    ),
  );
}

/** The names of what a message takes: values, and tags around words. */
function valuesOf(message: string): string[] {
  const names = new Set<string>();
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    if (Array.isArray(node) && typeof node[0] === 'string' && isArgument(node)) names.add(node[0]);
    for (const inner of Object.values(node)) visit(inner);
  };
  const compiled: unknown = compile(message);
  if (Array.isArray(compiled)) for (const part of compiled) visit(part);
  return [...names].sort();
}

/** `[name]`, `[name, kind, …]` with a number for the kind, or `[tag, …what it holds]`. */
function isArgument(node: unknown[]): boolean {
  return /^[a-z]\w*$/i.test(String(node[0]));
}

/** Also where a string is broken over lines, or made of parts. */
function saidIn(code: string, part: string): boolean {
  return part
    .split(/[.;:,](?: |$)/)
    .map((words) => words.trim())
    .every((words) => words.length < 4 || code.includes(words));
}
