import { S3ServiceException } from '@aws-sdk/client-s3';
import { FanfoldError } from '../errors.ts';

const MISSING = new Set(['NoSuchKey', 'NotFound', 'NoSuchBucket', 'NoSuchUpload']);

const OUR_FAULTS = new Set([
  'SignatureDoesNotMatch',
  'InvalidAccessKeyId',
  'RequestTimeTooSkewed',
  'ExpiredToken',
  'InvalidToken',
]);

/** Runs a call to the object store; its failures come out as `FanfoldError`s. */
export async function translateStorageErrors<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw storageError(error);
  }
}

/**
 * Stores answer 403 for an object that is not there to those who may not list. One that blames our
 * credentials or clock says nothing about the object.
 */
export function missingWhereDenied(error: unknown): unknown {
  if (!(error instanceof FanfoldError) || !(error.cause instanceof S3ServiceException))
    return error;
  const { name, $metadata } = error.cause;
  if ($metadata.httpStatusCode !== 403 || OUR_FAULTS.has(name)) return error;
  return new FanfoldError('SOURCE_MISSING', { detail: `${name} 403`, cause: error.cause });
}

function storageError(error: unknown): unknown {
  if (error instanceof FanfoldError) return error;
  if (error instanceof Error && error.name === 'AbortError') return error;
  if (!(error instanceof S3ServiceException)) {
    return new FanfoldError('STORAGE_UNAVAILABLE', { detail: String(error), cause: error });
  }
  const status = error.$metadata.httpStatusCode ?? 0;
  if (MISSING.has(error.name) || status === 404) {
    return new FanfoldError('SOURCE_MISSING', { detail: error.name, cause: error });
  }
  if (status === 412) {
    return new FanfoldError('UPLOAD_MISMATCH', { detail: 'the object has changed', cause: error });
  }
  return new FanfoldError('STORAGE_UNAVAILABLE', {
    detail: `${error.name} ${status}`,
    cause: error,
  });
}
