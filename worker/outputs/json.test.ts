import { readFile } from 'node:fs/promises';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { documentSchema } from './json-schema.ts';
import { document, writeOutput } from './testing/write.ts';

const FILE = new URL('../../docs/schemas/document.schema.json', import.meta.url);

test('the published schema is the one of the code (npm run schemas writes it)', async () => {
  expect(JSON.parse(await readFile(FILE, 'utf8'))).toEqual(documentSchema());
});

test('the JSON of a document is valid by the published schema, and nearly that is not', async () => {
  const schema = JSON.parse(await readFile(FILE, 'utf8'));
  const validate = new Ajv2020({ validateFormats: false }).compile(schema);
  const written = JSON.parse(await writeOutput('json'));
  validate(written);
  expect(validate.errors).toBe(null);
  expect(written).toMatchObject({ version: 1, id: document.id, languages: ['eng'] });
  written.pages[0].blocks[0].lines[0].words[0].confidence = 'high';
  expect(validate(written)).toBe(false);
  written.pages = [{ page: 2, error: { code: 'no code', sentence: '' } }];
  expect(validate(written)).toBe(false);
});
