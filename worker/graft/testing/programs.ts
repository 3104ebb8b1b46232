import { spawnSync } from 'node:child_process';

/** Whether a program is installed; says so once where it is not. */
export function hasProgram(name: string): boolean {
  const found = spawnSync(name, ['--version']).error === undefined;
  if (!found) process.stderr.write(`skipped: ${name} is not installed\n`);
  return found;
}
