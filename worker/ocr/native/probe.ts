/**
 * Says as JSON which of the libraries named on the command line is a Tesseract that can be used: its path and
 * version; `null` where none is. A process of its own, since what is loaded is not known.
 */
import { loadTesseract } from './library.ts';

process.stdout.write(JSON.stringify(process.argv.slice(2).map(tryToLoad).find(Boolean) ?? null));

function tryToLoad(path: string) {
  try {
    return { path, version: loadTesseract(path).version };
  } catch {
    return null;
  }
}
