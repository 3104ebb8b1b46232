/** Whether what was typed is nothing, or a number within both limits. */
export function isBetween(text: string, { least, most }: { least: number; most: number }): boolean {
  const number = Number(text);
  return text.trim() === '' || (number >= least && number <= most);
}
