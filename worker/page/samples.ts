/**
 * Three alike samples of each pixel of gray, as pdf.js wants them, and back. Four pixels at a time, which are
 * twelve samples in three words of 32 bits, least byte first.
 */

/** Each sample three times. */
export function tripleSamples(gray: Uint8Array): Uint8Array {
  const triples = new Uint8Array(3 * gray.length);
  const whole = gray.length >> 2;
  const [from, to] = [wordsOf(gray, whole), wordsOf(triples, 3 * whole)];
  for (let at = 0, out = 0; at < whole; at++, out += 3) {
    const word = from[at] as number;
    const second = (word >>> 8) & 0xff;
    const third = (word >>> 16) & 0xff;
    to[out] = Math.imul(word & 0xff, 0x010101) | (second << 24);
    to[out + 1] = Math.imul(second, 0x0101) | Math.imul(third, 0x01010000);
    to[out + 2] = third | Math.imul(word >>> 24, 0x01010100);
  }
  for (let at = 4 * whole; at < gray.length; at++)
    triples.fill(gray[at] as number, 3 * at, 3 * at + 3);
  return triples;
}

/** The first sample of each three; `count` pixels. */
export function takeSamples(triples: Uint8Array, count: number): Uint8Array {
  const gray = new Uint8Array(count);
  const whole = count >> 2;
  const [from, to] = [wordsOf(triples, 3 * whole), wordsOf(gray, whole)];
  for (let at = 0, out = 0; out < whole; at += 3, out++) {
    const first = from[at] as number;
    const second = from[at + 1] as number;
    const third = from[at + 2] as number;
    to[out] =
      (first & 0xff) |
      ((first >>> 16) & 0xff00) |
      (second & 0xff0000) |
      ((third << 16) & 0xff000000);
  }
  for (let at = 4 * whole; at < count; at++) gray[at] = triples[3 * at] as number;
  return gray;
}

/** Words must begin at a multiple of their length. */
function wordsOf(bytes: Uint8Array, count: number): Int32Array {
  const aligned = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice();
  return new Int32Array(aligned.buffer, aligned.byteOffset, count);
}
