import { languageName } from '#server/languages/name.ts';
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
import { writtenIn } from './scripts.ts';

export interface LanguageOptions extends PreparedReadOptions {
  /** Among which those of the page are found; without them it is read in `languages`. */
  candidates?: string[] | undefined;
}

/**
 * Reads a page as `readPrepared` does, in the languages that its own words show: it is read in what
 * the last pages were in, after a look at a few lines where those were not all alike, and once more
 * where its words turn out to be of another language, or its letters of another script. The surer
 * reading stays.
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
  const found = await findLanguages(first, candidates, engine);
  const readAgain = async (signal: AbortSignal) =>
    surer(first, await read({ languages: found.languages, rotation: first.rotation, signal }));
  const known = isIn(first, found.languages);
  const reading = known ? first : await given.budget.look(readAgain, first);
  memory.note(reading.languages[0] as string);
  const step = { step: 'languages', reason: reasonOf(reading, found) };
  return { ...reading, preparation: [...reading.preparation, step] };
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

/** What a page is to be read in, and the sentence that says why. */
interface Found {
  languages: string[];
  reason: string;
}

/** Mean confidence below which letters may be of another script, and how many there have to be. */
const DOUBTFUL = 60;
const FEW_LETTERS = 60;
/** Languages of one script that a page is read in at once. */
const MOST_LANGUAGES = 3;

async function findLanguages(
  { blocks, raster, languages }: PreparedReading,
  candidates: string[],
  engine: Engine,
): Promise<Found> {
  const { letters, mean } = certaintyOf(blocks);
  const doubtful = letters >= FEW_LETTERS && mean < DOUBTFUL;
  const script = doubtful ? await engine.findScript?.(raster) : null;
  if (!script || writtenIn(script, languages).length > 0) {
    const found = identifyLanguages(blocks, candidates, languages);
    return { languages: found, reason: `Its words look ${namesOf(found)}` };
  }
  const written = writtenIn(script, candidates).slice(0, MOST_LANGUAGES);
  if (written.length > 0) return { languages: written, reason: `Its letters look ${script}` };
  const reason = `Its letters look ${script}, and no language of that script is installed`;
  return { languages, reason };
}

function isIn({ languages }: PreparedReading, found: string[]): boolean {
  return languages[0] === found[0] && found.every((language) => languages.includes(language));
}

function surer(first: PreparedReading, second: PreparedReading): PreparedReading {
  return certaintyOf(second.blocks).total >= certaintyOf(first.blocks).total ? second : first;
}

function reasonOf({ languages }: PreparedReading, found: Found): string {
  if (languages.join() === found.languages.join()) return `${found.reason}.`;
  return `${found.reason}, but it reads better in ${namesOf(languages)}.`;
}

function namesOf(languages: string[]): string {
  return languages.map(languageName).join(' and ');
}
