import type { EngineName } from '#server/engines/names.ts';
import { inspectImage } from '#worker/image/inspect.ts';
import { decodeImagePage } from '#worker/image/page.ts';
import type { LanguageMemory } from '#worker/languages/memory.ts';
import type { Engine } from '#worker/ocr/engine.ts';
import { inspectPdf } from '#worker/pdf/inspect.ts';
import { drawPdfPage } from '#worker/pdf/page.ts';
import { LARGE_SIDE, makePreview } from './preview.ts';
import { createProgress } from './progress.ts';
import type {
  Answers,
  GraftTask,
  InspectTask,
  PageResults,
  PageTask,
  Preview,
  PreviewTask,
} from './protocol.ts';
import { recognizePage } from './recognize.ts';

export interface TaskDeps {
  memory: LanguageMemory;
  engineOf: (name: EngineName) => Engine;
  recall: Answers['recall'];
  onProgress: (percent: number) => void;
  onPreview: (preview: Preview) => void;
}

/** Does one task in this process. Rejects with a `FanfoldError`, or with whatever a library threw. */
export async function runTask(
  task: PageTask,
  deps: TaskDeps,
): Promise<PageResults[PageTask['kind']]> {
  switch (task.kind) {
    case 'inspect':
      return inspect(task);
    case 'preview':
      return preview(task);
    case 'graft':
      return graft(task);
    case 'recognize': {
      const onProgress = createProgress(deps.onProgress);
      const engine = deps.engineOf(task.engine ?? 'tesseract');
      return recognizePage(task, { ...deps, engine, onProgress });
    }
  }
}

function inspect({ source, limits }: InspectTask) {
  return source.type === 'application/pdf'
    ? inspectPdf(source, limits)
    : inspectImage(source, limits);
}

async function preview({ source, page, limits, turn, large }: PreviewTask): Promise<Preview> {
  const raster =
    source.type === 'application/pdf'
      ? await drawPdfPage(source, page, limits, large)
      : await decodeImagePage(source, page, limits);
  return makePreview(raster, turn, large ? LARGE_SIDE : undefined);
}

/** What it takes is loaded with the first such task: processes that only read pages never need it. */
async function graft(task: GraftTask) {
  const { graftText } = await import('#worker/graft/index.ts');
  return graftText(task);
}
