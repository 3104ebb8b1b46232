import {
  PDFContext,
  PDFDict,
  PDFName,
  type PDFObject,
  PDFObjectStreamParser,
  PDFRawStream,
  PDFRef,
} from '@cantoo/pdf-lib';
import { FileBytes } from './file-bytes.ts';
import { leadsToObjects, type ObjectList, parseObjectAt, readObjectList } from './object-list.ts';
import type { OpenObjects } from './open-objects.ts';

/** Objects that are kept at once. */
const MOST_KEPT = 2_000;
/** Bytes of an object beyond which it may be an image, of which only the dictionary is read. */
const LONG = 8_192;
const IMAGE = /\/Subtype\s*\/Image\b/;

/**
 * The objects of a PDF, each read when it is looked up and forgotten after a while: what a file of
 * thousands of scans holds is not held in memory. An image is its dictionary.
 */
export class ListedObjects implements OpenObjects {
  readonly context: PDFContext;
  readonly list: ObjectList;
  readonly listed: OpenObjects['listed'];
  readonly #file: FileBytes;
  readonly #kept = new Map<PDFRef, PDFObject | undefined>();
  /** In order, where something begins. */
  readonly #starts: Float64Array;

  private constructor(file: FileBytes, context: PDFContext, list: ObjectList) {
    this.#file = file;
    this.context = context;
    this.list = list;
    this.listed = { at: list.sections[0] ?? 0, listing: list.listing };
    this.#starts = Float64Array.from(startsOf(list)).sort();
    context.lookup = ((object: PDFObject | undefined) =>
      object instanceof PDFRef ? this.#lookUp(object) : object) as PDFContext['lookup'];
    context.trailerInfo = trailerInfo(list.trailer);
    context.largestObjectNumber = largest(list.places.keys());
  }

  /** Undefined where the file does not list its objects as they are. */
  static open(path: string): ListedObjects | undefined {
    const file = new FileBytes(path);
    try {
      const context = PDFContext.create();
      const list = readObjectList(file, context);
      const objects = new ListedObjects(file, context, list);
      const hasCatalog = context.lookup(context.trailerInfo.Root) instanceof PDFDict;
      if (hasCatalog && leadsToObjects(file, list.places)) return objects;
    } catch {
      // Without a list that holds, all of the file has to be gone through.
    }
    file.close();
    return undefined;
  }

  close(): void {
    this.#file.close();
  }

  #lookUp(ref: PDFRef): PDFObject | undefined {
    if (this.#kept.has(ref)) return this.#kept.get(ref);
    if (this.#kept.size >= MOST_KEPT) this.#kept.clear();
    // One that cannot be read is none, nor is one that is found within itself.
    this.#kept.set(ref, undefined);
    try {
      this.#read(ref);
    } catch {
      // It stays none.
    }
    return this.#kept.get(ref);
  }

  #read(ref: PDFRef): void {
    const place = this.list.places.get(ref.objectNumber);
    if (!place) return;
    if ('packedIn' in place) {
      this.#unpack(place.packedIn);
      return;
    }
    const { offset } = place;
    const end = this.#endOf(offset);
    const head = end - offset > LONG ? this.#imageDictionaryEnd(offset) : null;
    this.#kept.set(ref, parseObjectAt(this.#file, this.context, offset, head ?? end));
  }

  /** Where something else begins. */
  #endOf(offset: number): number {
    let [low, high] = [0, this.#starts.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#starts[middle] as number) > offset) high = middle;
      else low = middle + 1;
    }
    return this.#starts[low] ?? this.#file.size;
  }

  /** Null where it is no image. */
  #imageDictionaryEnd(offset: number): number | null {
    const head = this.#file.read(offset, LONG).toString('latin1');
    const [dictionary] = /^[\s\S]*?>>(?=\s*stream\r?\n)/.exec(head) ?? [];
    return dictionary && IMAGE.test(dictionary) ? offset + dictionary.length : null;
  }

  #unpack(streamNumber: number): void {
    const stream = this.context.lookup(PDFRef.of(streamNumber));
    if (!(stream instanceof PDFRawStream)) return;
    // Told never to wait it is done when it returns.
    PDFObjectStreamParser.forStream(stream)
      .parseIntoContext()
      .catch(() => undefined);
    for (const [ref, object] of this.context.enumerateIndirectObjects()) {
      const place = this.list.places.get(ref.objectNumber);
      if (place && 'packedIn' in place && place.packedIn === streamNumber) {
        this.#kept.set(ref, object);
      }
      this.context.delete(ref);
    }
  }
}

function* startsOf({ places, sections }: ObjectList): Generator<number> {
  yield* sections;
  for (const place of places.values()) if (place && 'offset' in place) yield place.offset;
}

function largest(numbers: Iterable<number>): number {
  let most = 0;
  for (const number of numbers) most = Math.max(most, number);
  return most;
}

function trailerInfo(trailer: PDFDict): PDFContext['trailerInfo'] {
  const entry = (name: string) => trailer.get(PDFName.of(name));
  const [Root, Info, ID] = [entry('Root'), entry('Info'), entry('ID')];
  return { ...(Root && { Root }), ...(Info && { Info }), ...(ID && { ID }) };
}
