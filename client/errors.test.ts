import { TRPCClientError } from '@trpc/client';
import { expect, test } from 'vitest';
import { asFanfoldError, FanfoldClientError, fanfoldErrorOf, isTransient } from './errors.ts';

const answer = (httpStatus: number) =>
  new TRPCClientError('no', {
    result: {
      error: {
        code: -32000,
        message: 'no',
        data: { httpStatus, fanfold: { code: 'CONFLICT', sentence: 'No.' } },
      },
    },
  });

test('reads code and sentence of an answer', () => {
  expect(fanfoldErrorOf(answer(409))).toEqual({ code: 'CONFLICT', sentence: 'No.' });
  expect(fanfoldErrorOf(new Error('x'))).toBeUndefined();
  expect(fanfoldErrorOf(undefined)).toBeUndefined();
});

test('what the server answered for good is not tried again', () => {
  expect(isTransient(answer(409))).toBe(false);
  expect(isTransient(answer(503))).toBe(true);
  expect(isTransient(new TRPCClientError('fetch failed'))).toBe(true);
  expect(isTransient(new FanfoldClientError('UPLOAD_MISMATCH', 'No.'))).toBe(false);
  expect(isTransient(new Error('x'))).toBe(false);
});

test('every failure of the network or of the file has a code', () => {
  const lost = asFanfoldError(new TRPCClientError('fetch failed'));
  expect(fanfoldErrorOf(lost)?.code).toBe('UNAVAILABLE');
  const changed = asFanfoldError(new DOMException('gone', 'NotReadableError'));
  expect(fanfoldErrorOf(changed)?.code).toBe('UPLOAD_MISMATCH');
  const other = new Error('disk full');
  expect(asFanfoldError(other)).toBe(other);
});
