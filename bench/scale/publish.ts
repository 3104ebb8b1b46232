import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const PAGE = fileURLToPath(new URL('../../docs/scaling.md', import.meta.url));

/** Puts a report between the markers of its part of docs/scaling.md. */
export function publish(part: string, report: string): void {
  writeFileSync(PAGE, withReport(readFileSync(PAGE, 'utf8'), part, report));
  execFileSync('biome', ['format', '--write', PAGE], { stdio: 'ignore' });
}

/** Throws where the text has no markers of the part. */
export function withReport(text: string, part: string, report: string): string {
  const [begin, end] = [`<!-- bench:scale ${part} -->`, `<!-- end of ${part} -->`];
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`The text has no markers of ${part}.`);
  return `${text.slice(0, from)}${begin}\n\n${report}\n\n${text.slice(to)}`;
}
