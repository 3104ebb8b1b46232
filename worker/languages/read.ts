import { languageName } from '#server/languages/name.ts';
import type { Preparation } from '#server/pages/layout.ts';
import { certaintyOf } from '#worker/ocr/certainty.ts';
import type { Engine } from '#worker/ocr/engine.ts';
import type { GrayRaster } from '#worker/page/raster.ts';
import {
  type PreparedReading,
  type PreparedReadOptions,
  readPrepared,
} from '#worker/prepare/read.ts';
import { identifyLanguages } from './identify.ts';
import type { LanguageMemory } from './memory.ts';
import { cutSample } from './sample.ts';

export interface LanguageOptions extends PreparedReadOptions {
  /** Among which those of the page are found; without them it is read in `languages`. */
  candidates?: string[] | undefined;
}

/**
 * Reads a page as `readPrepared` does, in the languages that its own words show: it is read in what
 * the last pages were in, after a look at a few lines where those were not all alike, and once more
 * where its words turn out to be of another language. The surer reading stays.
 */
export async function readInItsLanguages(
  raster: GrayRaster,
  fixed: boolean,
  engine: Engine,
  memory: LanguageMemory,
  options: LanguageOptions,
): Promise<PreparedReading> {
  const { candidates, ...given } = options;
  if (!candidates) return readPrepared(raster, fixed, engine, given);
  const languages = memory.likely ? [memory.likely] : given.languages;
  const chooseLanguages = (upright: GrayRaster, xHeight: number) =>
    sampleLanguages(upright, xHeight, engine, { ...given, languages, candidates });
  const read = (asked: Partial<PreparedReadOptions>) =>
    readPrepared(raster, fixed, engine, { ...given, languages, ...asked });
  const first = await read(memory.unsettled && !engine.wholePagesOnly ? { chooseLanguages } : {});
  const found = identifyLanguages(first.blocks, candidates, first.languages);
  const reading = isIn(first, found) ? first : surer(first, await read({ languages: found }));
  memory.note(reading.languages[0] as string);
  return { ...reading, preparation: [...reading.preparation, reasonOf(reading, found)] };
}

/** The main language of the lines with most letters. */
async function sampleLanguages(
  upright: GrayRaster,
  xHeight: number,
  engine: Engine,
  { languages, candidates }: { languages: string[]; candidates: string[] },
): Promise<string[]> {
  const sample = cutSample(upright, xHeight);
  if (!sample) return languages;
  const { blocks } = await engine.recognize(sample, { languages, segmentation: 'block' });
  return identifyLanguages(blocks, candidates, languages).slice(0, 1);
}

function isIn({ languages }: PreparedReading, found: string[]): boolean {
  return languages[0] === found[0] && found.every((language) => languages.includes(language));
}

function surer(first: PreparedReading, second: PreparedReading): PreparedReading {
  return certaintyOf(second.blocks).total >= certaintyOf(first.blocks).total ? second : first;
}

function reasonOf({ languages }: PreparedReading, found: string[]): Preparation {
  const names = (codes: string[]) => codes.map(languageName).join(' and ');
  const words = `Its words look ${names(found)}`;
  const same = languages.join() === found.join();
  return {
    step: 'languages',
    reason: same ? `${words}.` : `${words}, but read better in ${names(languages)}.`,
  };
}
