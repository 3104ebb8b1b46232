import { copyFile } from 'node:fs/promises';
import {
  PDFArray,
  type PDFContext,
  PDFDict,
  PDFName,
  type PDFObject,
  PDFRawStream,
  PDFRef,
} from '@cantoo/pdf-lib';
import { FanfoldError } from '#server/errors.ts';
import { ListedObjects } from './listed-objects.ts';
import { type OpenObjects, parseObjects } from './open-objects.ts';
import { correctedCounts } from './page-counts.ts';
import { PdfFile } from './pdf-file.ts';
import { type StrippedContent, stripHiddenText } from './strip-page.ts';

/** Object numbers above this are refused by readers. */
const MAX_OBJECTS = 8_388_607;
/** Levels of the page tree above a page. */
const MAX_DEPTH = 64;

const RESOURCES = PDFName.of('Resources');
const FONT = PDFName.of('Font');
const CONTENTS = PDFName.of('Contents');

/** A page of the original as its dictionary stands in the file. */
export interface OriginalPage {
  ref: PDFRef;
  dict: PDFDict;
}

interface KnownResources {
  number: number;
  fontName: string;
}

/** The objects of a PDF, and the copy of it that is being written. */
export class Original {
  readonly #context: PDFContext;
  readonly #path: string;
  readonly #objects: OpenObjects;
  /** The resources of pages with the font, by those without. */
  readonly #resources = new WeakMap<PDFDict, KnownResources>();
  #ownResources: KnownResources | undefined;

  private constructor(path: string, objects: OpenObjects) {
    this.#path = path;
    this.#context = objects.context;
    this.#objects = objects;
  }

  /** Rejects with OUTPUT_FAILED where the file makes no sense. */
  static async open(path: string): Promise<Original> {
    const objects = ListedObjects.open(path) ?? (await parseObjects(path));
    if (objects.context.largestObjectNumber <= MAX_OBJECTS) return new Original(path, objects);
    objects.close();
    throw new FanfoldError('OUTPUT_FAILED', { detail: 'too many objects' });
  }

  close(): void {
    this.#objects.close();
  }

  /** Whether the file keeps its bytes; else it is damaged, and its objects are listed anew. */
  get intact(): boolean {
    return this.#objects.listed !== null;
  }

  /** The page with this reference; undefined where the file has it in another form. */
  page({ num, gen }: { num: number; gen: number }): OriginalPage | undefined {
    const ref = PDFRef.of(num, gen);
    const dict = this.#context.lookup(ref);
    return dict instanceof PDFDict ? { ref, dict } : undefined;
  }

  /** Begins the copy: all that the file holds, to which objects can be added. */
  async copyTo(output: string): Promise<PdfFile> {
    const next = this.#context.largestObjectNumber + 1;
    if (this.intact) {
      await copyFile(this.#path, output);
      return PdfFile.extend(output, next);
    }
    const file = await PdfFile.create(output, next);
    for (const [ref, object] of this.#context.enumerateIndirectObjects()) {
      if (isListing(object)) continue;
      await file.write(ref.objectNumber, bytesOf(object), ref.generationNumber);
    }
    return file;
  }

  /** The page without hidden text of an earlier OCR. */
  stripped(file: PdfFile, { dict }: OriginalPage): Promise<StrippedContent> {
    const own = this.#inherited(dict, RESOURCES);
    return stripHiddenText(this.#context, file, this.#contents(dict), own);
  }

  /**
   * The name by which the resources of a page know the font, and the number of a copy that has it.
   * `stripped`: resources in place of the page's own.
   */
  async resourcesWith(
    file: PdfFile,
    fontNumber: number,
    { dict }: OriginalPage,
    stripped?: PDFDict,
  ): Promise<KnownResources> {
    const own = stripped ?? this.#inherited(dict, RESOURCES);
    const known = own ? this.#resources.get(own) : this.#ownResources;
    if (known) return known;
    const resources = own?.clone() ?? this.#context.obj({});
    const fonts = this.#dict(resources.get(FONT))?.clone() ?? this.#context.obj({});
    const name = fonts.uniqueKey('FanfoldText');
    fonts.set(name, PDFRef.of(fontNumber));
    resources.set(FONT, fonts);
    const fontName = name.decodeText();
    const made = { number: await file.add(bytesOf(resources)), fontName };
    if (own) this.#resources.set(own, made);
    else this.#ownResources = made;
    return made;
  }

  /**
   * Writes the page again with a stream of content before its own (or before `instead` of that), and
   * other resources.
   */
  async rewrite(
    file: PdfFile,
    { ref, dict }: OriginalPage,
    added: { content: number; resources: number; instead?: number | undefined },
  ): Promise<void> {
    const page = dict.clone();
    const { instead } = added;
    const before = instead === undefined ? this.#contents(dict) : [PDFRef.of(instead)];
    page.set(CONTENTS, this.#context.obj([PDFRef.of(added.content), ...before]));
    page.set(RESOURCES, PDFRef.of(added.resources));
    await file.write(ref.objectNumber, bytesOf(page), ref.generationNumber);
  }

  /** Writes the nodes of the page tree again that count other pages than they hold. */
  async correctCounts(file: PdfFile): Promise<void> {
    const root = this.#dict(this.#context.trailerInfo.Root)?.get(PDFName.of('Pages'));
    if (!(root instanceof PDFRef)) return;
    for (const [ref, node] of correctedCounts(this.#context, root)) {
      await file.write(ref.objectNumber, bytesOf(node), ref.generationNumber);
    }
  }

  /** Ends the copy; `id` is the part of the file's identity that changes with each version. */
  async finish(file: PdfFile, id: string): Promise<void> {
    const { listed } = this.#objects;
    const { Root, Info, ID } = this.#context.trailerInfo;
    const known = this.#context.lookup(ID);
    const first = known instanceof PDFArray && known.size() > 0 ? known.get(0) : undefined;
    const entries = [
      `/Root ${Root}`,
      ...(Info ? [`/Info ${Info}`] : []),
      ...(first ? [`/ID [${first} <${id}>]`] : []),
      ...(listed ? [`/Prev ${listed.at}`] : []),
    ];
    await file.finish(entries.join(' '), listed?.listing ?? 'table');
  }

  /** The streams of a page's content. */
  #contents(page: PDFDict): PDFObject[] {
    const contents = page.get(CONTENTS);
    const listed = this.#context.lookup(contents);
    if (listed instanceof PDFArray) return listed.asArray();
    return contents ? [contents] : [];
  }

  #inherited(page: PDFDict, name: PDFName): PDFDict | undefined {
    let node: PDFDict | undefined = page;
    for (let depth = 0; node && depth < MAX_DEPTH; depth++) {
      const value = this.#dict(node.get(name));
      if (value) return value;
      node = this.#dict(node.get(PDFName.of('Parent')));
    }
    return undefined;
  }

  #dict(object: PDFObject | undefined): PDFDict | undefined {
    const found = this.#context.lookup(object);
    return found instanceof PDFDict ? found : undefined;
  }
}

/** Lists of objects and packed objects, of which a rebuilt file has its own. */
function isListing(object: PDFObject): boolean {
  if (!(object instanceof PDFRawStream)) return false;
  const type = object.dict.get(PDFName.of('Type'));
  return type === PDFName.of('XRef') || type === PDFName.of('ObjStm');
}

function bytesOf(object: PDFObject): Uint8Array {
  const bytes = new Uint8Array(object.sizeInBytes());
  object.copyBytesInto(bytes, 0);
  return bytes;
}
