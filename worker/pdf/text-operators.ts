import { pdfjs } from './library.ts';
import type { Matrix } from './matrix.ts';
import type { TextState } from './text-state.ts';

const { OPS } = pdfjs;

/** What the operator says of text to come, if it is one that does. */
export function setText(text: TextState, operator: number, args: readonly unknown[]) {
  const [first, second] = args as [number, number];
  switch (operator) {
    case OPS.beginText:
      return text.begin();
    case OPS.setFont:
      return text.setFont(args[0] as string, second);
    case OPS.setTextMatrix:
      return text.setMatrix(args[0] as Matrix);
    case OPS.setTextRenderingMode:
      text.mode = first;
      return;
    case OPS.moveText:
      return text.move(first, second);
    case OPS.setLeadingMoveText:
      return text.moveWithLeading(first, second);
    case OPS.nextLine:
      return text.nextLine();
    case OPS.setLeading:
      return text.set('leading', first);
    case OPS.setTextRise:
      return text.set('rise', first);
    case OPS.setCharSpacing:
      return text.set('charSpacing', first);
    case OPS.setWordSpacing:
      return text.set('wordSpacing', first);
    case OPS.setHScale:
      return text.set('scale', first);
  }
}
