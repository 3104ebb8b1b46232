import { describe, expect, it } from 'vitest';
import type { DocumentSummary } from '../data/trpc.ts';
import { findUnfinished } from './find-unfinished.ts';

const document = (change: Partial<DocumentSummary>) =>
  ({
    id: 'a',
    status: 'awaiting_upload',
    fileName: 'scan.pdf',
    sizeBytes: 10,
    ...change,
  }) as DocumentSummary;

describe('findUnfinished', () => {
  it('finds the interrupted upload of the same name and size', () => {
    expect(findUnfinished([document({})], { name: 'scan.pdf', size: 10 })).toBe('a');
  });

  it.each([
    ['another name', document({ fileName: 'other.pdf' })],
    ['another size', document({ sizeBytes: 11 })],
    ['a document that has arrived', document({ status: 'queued' })],
  ])('does not take %s for it', (_, candidate) => {
    expect(findUnfinished([candidate], { name: 'scan.pdf', size: 10 })).toBeNull();
  });
});
