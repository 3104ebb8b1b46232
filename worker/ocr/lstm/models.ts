import { trainedData } from '../tessdata.ts';
import { type LineModel, loadModel } from './model.ts';
import type { LineModels } from './read.ts';

/** The models of the languages in a folder, each loaded when it is first asked for. */
export class ModelStore {
  readonly #folder: string;
  readonly #models = new Map<string, Promise<LineModel | undefined>>();

  /** `folder` holds `<language>.traineddata` for every language. */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /** What reads lines in these languages; undefined where one of them needs Tesseract itself. */
  async modelsOf(languages: string[]): Promise<LineModels | undefined> {
    const models = await Promise.all(languages.map((language) => this.#modelOf(language)));
    const [first, ...others] = models.filter((model) => model !== undefined);
    return first && others.length + 1 === languages.length ? [first, ...others] : undefined;
  }

  #modelOf(language: string): Promise<LineModel | undefined> {
    const known = this.#models.get(language) ?? loadModel(trainedData(this.#folder, language));
    this.#models.set(language, known);
    return known;
  }
}
