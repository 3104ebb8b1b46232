import { sql } from 'drizzle-orm';
import { DEAD_LETTER_QUEUE } from '#server/jobs/catalog.ts';
import { JOB_SCHEMA } from '#server/jobs/schema-name.ts';
import { expectAccessible, LOOKS } from './support/accessibility.ts';
import { withDatabase } from './support/database.ts';
import { digital } from './support/files.ts';
import type { Installation } from './support/installation.ts';
import { uploadAndOpen, waitUntilDone } from './support/journey.ts';
import { expect, test } from './support/test.ts';

for (const [look, options] of Object.entries(LOOKS)) {
  test.describe(look, () => {
    test.use(options);

    test(`an operator sees what was given up, and sends it back or throws it away, ${look}`, async ({
      page,
      fanfold,
    }) => {
      const file = await digital('given up', 1);
      const documentId = await uploadAndOpen(page, file);
      await waitUntilDone(page);
      await giveUp(fanfold, documentId);
      await giveUp(fanfold, documentId);

      await page.getByRole('link', { name: 'Operations' }).click();
      await expect(page.getByRole('heading', { level: 1, name: 'Operations' })).toBeVisible();
      await expect(page.getByText('page.recognize')).toBeVisible();
      const given = page.getByRole('region', { name: 'Given up' });
      const letters = given.getByRole('button', { name: new RegExp(`^${file.name}`) });
      await expect(letters).toHaveCount(2);
      await letters.first().click();
      await expect(given.getByText('the store was away')).toBeVisible();
      await expectAccessible(page);

      await given.getByRole('button', { name: 'Throw away' }).first().click();
      await expect(page.getByText('1 dead letter thrown away')).toBeVisible();
      await expect(letters).toHaveCount(1);
      await given.getByRole('button', { name: /^Send all/ }).click();
      await expect(given.getByText('Nothing was given up.')).toBeVisible();
    });
  });
}

/** Puts a job of the document among those that were given up. */
function giveUp(fanfold: Installation, documentId: string): Promise<unknown> {
  const output = { code: 'STORAGE_UNAVAILABLE', message: 'the store was away' };
  return withDatabase(fanfold, (db) =>
    db.execute(sql`
      insert into ${sql.identifier(JOB_SCHEMA)}.job (name, data, source_name, source_output,
        source_retry_count, source_created_on)
      values (${DEAD_LETTER_QUEUE}, ${JSON.stringify({ documentId, run: 1 })}::jsonb,
        'document.assemble', ${JSON.stringify(output)}::jsonb, 2, now())`),
  );
}
