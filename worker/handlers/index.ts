import type { JobName } from '#server/jobs/catalog.ts';
import { assembleDocument } from './assemble-document.ts';
import { collectSearchWords } from './collect-words.ts';
import { enlargePage } from './enlarge-page.ts';
import type { Handler } from './handler.ts';
import { inspectDocument } from './inspect-document.ts';
import { makeOutput } from './make-output.ts';
import { previewPage } from './preview-page.ts';
import { pruneDocument } from './prune-document.ts';
import { pruneSearchWords } from './prune-words.ts';
import { recognizePage } from './recognize-page.ts';
import { removeDocumentObjects } from './remove-document.ts';
import { rereadPage } from './reread-page.ts';
import { retention } from './retention.ts';
import { rewriteDocument } from './rewrite-document.ts';
import { sweep } from './sweep.ts';
import { tidyDocumentObjects } from './tidy-document.ts';

/** One for every job of the catalog: a missing one fails the type check. */
export const HANDLERS: { [K in JobName]: Handler<K> } = {
  'document.inspect': inspectDocument,
  'page.recognize': recognizePage,
  'page.enlarge': enlargePage,
  'page.reread': rereadPage,
  'page.preview': previewPage,
  'document.assemble': assembleDocument,
  'document.output': makeOutput,
  'document.rewrite': rewriteDocument,
  'document.remove': removeDocumentObjects,
  'document.prune': pruneDocument,
  retention,
  'search.collect': collectSearchWords,
  'search.prune': pruneSearchWords,
  'document.tidy': tidyDocumentObjects,
  sweep,
};
