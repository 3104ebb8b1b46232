/** How recognised text is set: serifs tell I, l and 1 apart. */
export const TEXT_STYLE =
  'greenbar -mx-3 px-3 font-serif text-[17px] leading-[1.6] break-words whitespace-pre-wrap text-ink';

/** The plain text of a page. */
export function PageText({ text }: { text: string }) {
  return (
    <p dir="auto" className={TEXT_STYLE}>
      {text}
    </p>
  );
}
