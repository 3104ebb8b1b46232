import { writeFile } from 'node:fs/promises';
import { documentSchema } from '#worker/outputs/json-schema.ts';

/* Writes docs/schemas anew from the code; a test holds the two together. */

const path = new URL('../docs/schemas/document.schema.json', import.meta.url);
await writeFile(path, `${JSON.stringify(documentSchema(), null, 2)}\n`);
