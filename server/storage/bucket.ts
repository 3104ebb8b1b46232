import {
  CreateBucketCommand,
  HeadBucketCommand,
  PutBucketCorsCommand,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import type { Logger } from '../logger.ts';
import type { ObjectStorage } from './client.ts';

/**
 * Creates the bucket where it is missing and lets pages of `origins` upload to it. A store whose
 * CORS is not ours to set is left as it is.
 */
export async function prepareBucket(
  storage: ObjectStorage,
  origins: string[],
  logger: Logger,
): Promise<void> {
  const { client, bucket: Bucket } = storage;
  try {
    await client.send(new HeadBucketCommand({ Bucket }));
  } catch (error) {
    if (!(error instanceof S3ServiceException) || error.$metadata.httpStatusCode !== 404)
      throw error;
    await client.send(new CreateBucketCommand({ Bucket }));
  }
  const rule = {
    AllowedOrigins: origins,
    AllowedMethods: ['GET', 'HEAD', 'PUT', 'POST'],
    AllowedHeaders: ['*'],
    ExposeHeaders: ['ETag'],
    MaxAgeSeconds: 3600,
  };
  try {
    await client.send(
      new PutBucketCorsCommand({ Bucket, CORSConfiguration: { CORSRules: [rule] } }),
    );
  } catch (error) {
    logger.warn({ err: error, origins }, 'the bucket CORS could not be set; set it by hand');
  }
}
