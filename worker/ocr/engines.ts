import type { EngineName } from '#server/engines/names.ts';
import { FanfoldError } from '#server/errors.ts';
import type { VisionAnswer } from '#server/pages/usage.ts';
import type { Engine } from './engine.ts';
import { createNullEngine } from './null.ts';
import { createNativeTesseractEngine, createTesseractEngine } from './tesseract.ts';
import { createVisionEngine } from './vision/engine.ts';

/** Where the engines of a page process find what they need; what is left out is not there. */
export interface EngineSettings {
  /** The folder that holds `<language>.traineddata` for every language. */
  tessdataPath: string;
  /** The library of the installed Tesseract: a path, or a name that the system's loader finds. */
  nativeLibrary?: string | undefined;
  /** Pixels of the long side of the picture that a vision model is sent. */
  visionPixels?: number | undefined;
  /** Milliseconds that the null engine takes for a page. */
  nullMs?: number | undefined;
}

/** The engines of one process, each made when it is first asked for. Throws ENGINE_MISSING. */
export function createEngines(
  settings: EngineSettings,
  deps: { transcribe: (jpeg: Uint8Array) => Promise<VisionAnswer> },
): (name: EngineName) => Engine {
  const engines = new Map<EngineName, Engine>();
  const engineOf = (name: EngineName): Engine => {
    const engine = engines.get(name) ?? create(name);
    engines.set(name, engine);
    return engine;
  };
  const create = (name: EngineName) => {
    const { visionPixels: pixels } = settings;
    if (name !== 'vision' || pixels === undefined) return createEngine(name, settings);
    return createVisionEngine({ local: engineOf('tesseract'), pixels, ...deps });
  };
  return engineOf;
}

function createEngine(name: EngineName, settings: EngineSettings): Engine {
  const { tessdataPath, nativeLibrary: library, nullMs } = settings;
  if (name === 'tesseract') return createTesseractEngine({ tessdataPath });
  if (name === 'tesseract-native' && library) {
    return createNativeTesseractEngine({ tessdataPath, library });
  }
  if (name === 'null' && nullMs !== undefined) return createNullEngine({ milliseconds: nullMs });
  throw new FanfoldError('ENGINE_MISSING', {
    sentence: `The engine "${name}" is not set up on the worker that took the page.`,
  });
}
