import { createInterface } from 'node:readline';
import type { ProcessRecord } from './processes.ts';
import { endRecords } from './registry.ts';

/*
 * Outlives its supervisor by moments: reads the list of running processes from standard input, a
 * line at each change, and ends those of the last line once the input closes, which it does however
 * the supervisor ends.
 */
let records: ProcessRecord[] = [];
for await (const line of createInterface({ input: process.stdin })) records = JSON.parse(line);
await endRecords(records);
