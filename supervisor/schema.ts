import { migrate } from '#db/migrate.ts';
import { RollbackError, rollback } from '#db/rollback.ts';
import { withDatabase } from './database.ts';
import { fail, folderOf, readSource, terminalOutput } from './options.ts';
import { StartError } from './start-error.ts';

/* `npm run db:migrate` and `npm run db:rollback`. */
const commands: Record<string, (url: string) => Promise<string>> = {
  migrate: async (url) => {
    await migrate(url);
    return 'The database has every migration of this version.';
  },
  rollback: async (url) => `Undone: ${await rollback(url)}`,
};

const source = readSource();
const output = terminalOutput(source);
try {
  const command = commands[process.argv[2] ?? ''];
  if (!command) throw new StartError('usage: schema.ts migrate|rollback');
  const quiet = { ...output, line: () => {} };
  output.info(await withDatabase({ source, folder: folderOf(source), output: quiet }, command));
} catch (error) {
  fail(output, error instanceof RollbackError ? new StartError(error.message) : error);
}
