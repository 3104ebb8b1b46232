import { router } from './init.ts';
import { adminRouter } from './routers/admin.ts';
import { correctionsRouter } from './routers/corrections.ts';
import { documentsRouter } from './routers/documents.ts';
import { liveRouter } from './routers/live.ts';
import { pagesRouter } from './routers/pages.ts';
import { rereadingsRouter } from './routers/rereadings.ts';
import { searchRouter } from './routers/search.ts';
import { systemRouter } from './routers/system.ts';

export const appRouter = router({
  admin: adminRouter,
  documents: documentsRouter,
  pages: pagesRouter,
  corrections: correctionsRouter,
  rereadings: rereadingsRouter,
  live: liveRouter,
  search: searchRouter,
  system: systemRouter,
});

export type AppRouter = typeof appRouter;
