const RIGHT_TO_LEFT =
  /\p{Script=Hebrew}|\p{Script=Arabic}|\p{Script=Syriac}|\p{Script=Thaana}|\p{Script=Nko}/u;
/** Numbers keep their direction within text that runs from right to left. */
const NUMBER = /[\p{Nd}][\p{Nd}.,:/-]*[\p{Nd}]/gu;

export function runsRightToLeft(text: string): boolean {
  return RIGHT_TO_LEFT.test(text);
}

/**
 * The characters as they stand on the page from left to right, which is how a PDF holds them; who
 * takes the text out puts them back into the order in which they are read.
 */
export function visualOrder(text: string): string {
  if (!runsRightToLeft(text)) return text;
  return reversed(text).replace(NUMBER, reversed);
}

function reversed(text: string): string {
  return [...text].reverse().join('');
}
