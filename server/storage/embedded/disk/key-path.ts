/**
 * How keys lie on disk: one folder a segment, so that a prefix is a folder and listing needs no index.
 * Names hold only [a-z0-9_.-] and %xx of other bytes, and never start with a dot: no key can leave its
 * folder, and no two keys meet on a disk that ignores case. A segment of CHUNK bytes or more goes on in
 * a folder of its own, since names on disk are limited to 255 bytes.
 */
const CHUNK = 80;
const OBJECT = '@';
const CONTINUED = '+';
const EMPTY = '%';

/** An entry of a folder: `bytes` is what it adds to the key, for a folder with its closing slash. */
export interface KeyEntry {
  kind: 'object' | 'folder';
  name: string;
  bytes: Buffer;
}

/** The path of a key's file, as names to join. */
export function keyToPath(key: string): string[] {
  const { folders, rest } = descend(Buffer.from(key));
  return [...folders, encodeName(rest) + OBJECT];
}

/** The deepest folder that holds every key with this prefix, and the bytes of the prefix that lead to it. */
export function prefixToFolder(prefix: string): { folders: string[]; base: Buffer } {
  const bytes = Buffer.from(prefix);
  const { folders, rest } = descend(bytes);
  return { folders, base: bytes.subarray(0, bytes.length - rest.length) };
}

/** What a name on disk stands for, or undefined where it is no name of ours. */
export function parseEntry(name: string): KeyEntry | undefined {
  if (name === EMPTY) return { kind: 'folder', name, bytes: Buffer.from('/') };
  const mark = name.at(-1);
  if (mark === OBJECT || mark === CONTINUED) {
    const bytes = decodeName(name.slice(0, -1));
    return bytes && { kind: mark === OBJECT ? 'object' : 'folder', name, bytes };
  }
  const bytes = decodeName(name);
  return bytes && { kind: 'folder', name, bytes: Buffer.concat([bytes, Buffer.from('/')]) };
}

function descend(key: Buffer): { folders: string[]; rest: Buffer } {
  const folders: string[] = [];
  let rest = key;
  for (;;) {
    const slash = rest.indexOf('/');
    const segment = slash < 0 ? rest : rest.subarray(0, slash);
    if (segment.length >= CHUNK) {
      folders.push(encodeName(rest.subarray(0, CHUNK)) + CONTINUED);
      rest = rest.subarray(CHUNK);
    } else if (slash >= 0) {
      folders.push(encodeName(segment) || EMPTY);
      rest = rest.subarray(slash + 1);
    } else {
      return { folders, rest };
    }
  }
}

function encodeName(bytes: Buffer): string {
  return bytes
    .toString('latin1')
    .replace(/^\.|[^a-z0-9_.-]/g, (byte) => `%${byte.charCodeAt(0).toString(16).padStart(2, '0')}`);
}

function decodeName(name: string): Buffer | undefined {
  if (!/^(?:[a-z0-9_.-]|%[0-9a-f]{2})*$/.test(name)) return undefined;
  const text = name.replace(/%(..)/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(text, 'latin1');
}
