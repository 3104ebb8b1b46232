import {
  decodePDFRawStream,
  type PDFContext,
  PDFDict,
  PDFName,
  type PDFObject,
  PDFRawStream,
  PDFRef,
} from '@cantoo/pdf-lib';
import { withoutHiddenText } from './hidden-text.ts';
import { flateObject, type PdfFile } from './pdf-file.ts';

/** Forms within forms; beyond, they stay as they are. */
const MAX_DEPTH = 8;
/** Bytes of unpacked content above which a page stays as it is. */
const MAX_CONTENT = 64 * 1024 ** 2;

const XOBJECT = PDFName.of('XObject');
const RESOURCES = PDFName.of('Resources');

/** What of a page has to be written anew, nothing where it holds no hidden text. */
export interface StrippedContent {
  /** Whether it shows other text, or may. */
  showsText: boolean;
  /** One character a byte. */
  content: string | undefined;
  /** The resources, where forms in them were written anew. */
  resources: PDFDict | undefined;
}

/**
 * The content of a page without its hidden text, also that of the forms it paints, which are written
 * to the file. Hidden text that cannot be told apart from the rest stays.
 */
export async function stripHiddenText(
  context: PDFContext,
  file: PdfFile,
  streams: PDFObject[],
  resources: PDFDict | undefined,
): Promise<StrippedContent> {
  const forms = new Forms(context, file);
  try {
    const content = streams.map((stream) => contentOf(context, stream)).join('\n');
    const { changed, ...stripped } = await forms.strip(content, resources, 0, 0);
    const { showsText } = forms;
    return changed
      ? { ...stripped, showsText }
      : { content: undefined, resources: undefined, showsText };
  } catch {
    return { content: undefined, resources: undefined, showsText: true };
  }
}

function contentOf(context: PDFContext, object: PDFObject): string {
  const stream = context.lookup(object);
  if (!(stream instanceof PDFRawStream)) throw new Error('no stream');
  const bytes = decodePDFRawStream(stream).decode();
  if (bytes.length > MAX_CONTENT) throw new Error('too much content');
  return Buffer.from(bytes).toString('latin1');
}

class Forms {
  showsText = false;
  readonly #context: PDFContext;
  readonly #file: PdfFile;

  constructor(context: PDFContext, file: PdfFile) {
    this.#context = context;
    this.#file = file;
  }

  async strip(content: string, resources: PDFDict | undefined, mode: number, depth: number) {
    const stripped = withoutHiddenText(content, mode);
    if (!stripped) throw new Error('hidden text cannot be told apart');
    this.showsText ||= stripped.shown > 0;
    const forms = this.#dict(resources?.get(XOBJECT));
    const changed = new Map<PDFName, PDFRef>();
    for (const { name, mode: begun } of depth < MAX_DEPTH ? stripped.painted : []) {
      const key = PDFName.of(name);
      const made = changed.has(key) ? null : await this.#form(forms?.get(key), begun, depth + 1);
      if (made) changed.set(key, made);
    }
    return {
      content: stripped.content,
      resources: changed.size > 0 ? this.#with(resources, forms, changed) : undefined,
      changed: stripped.dropped > 0 || changed.size > 0,
    };
  }

  /** Writes a form without its hidden text; null where it has none. */
  async #form(object: PDFObject | undefined, mode: number, depth: number): Promise<PDFRef | null> {
    const form = this.#context.lookup(object);
    if (!(form instanceof PDFRawStream)) return null;
    if (form.dict.get(PDFName.of('Subtype')) !== PDFName.of('Form')) return null;
    const own = this.#dict(form.dict.get(RESOURCES));
    const stripped = await this.strip(contentOf(this.#context, form), own, mode, depth);
    if (!stripped.changed) return null;
    const dict = form.dict.clone();
    for (const key of ['Filter', 'DecodeParms', 'Length']) dict.delete(PDFName.of(key));
    if (stripped.resources) dict.set(RESOURCES, stripped.resources);
    const entries = dict.toString().slice(2, -2);
    const data = Buffer.from(stripped.content, 'latin1');
    return PDFRef.of(await this.#file.add(flateObject(data, entries)));
  }

  #with(
    resources: PDFDict | undefined,
    forms: PDFDict | undefined,
    changed: Map<PDFName, PDFRef>,
  ): PDFDict {
    const all = forms?.clone() ?? this.#context.obj({});
    for (const [name, ref] of changed) all.set(name, ref);
    const copy = resources?.clone() ?? this.#context.obj({});
    copy.set(XOBJECT, all);
    return copy;
  }

  #dict(object: PDFObject | undefined): PDFDict | undefined {
    const found = this.#context.lookup(object);
    return found instanceof PDFDict ? found : undefined;
  }
}
