import { type S3Code, S3Error } from '../errors.ts';
import type { RequestSigner } from './signer.ts';

/** Who signed, when, and for which day, region and service. */
export interface CredentialScope {
  date: Date;
  /** As signed: 20300131T235959Z. */
  longDate: string;
  /** 20300131/region/s3/aws4_request */
  name: string;
}

/** How far the clock of a client may be from ours. */
export const MAX_SKEW_MS = 15 * 60 * 1000;

/**
 * Reads `accessKey/20300131/region/s3/aws4_request` and its date.
 * Throws `InvalidAccessKeyId`, or `malformed` where anything is not as it must be.
 */
export function parseScope(
  credential: string,
  longDate: string,
  signer: RequestSigner,
  malformed: S3Code,
): CredentialScope {
  const [terminator, service, region, day, ...accessKey] = credential.split('/').reverse();
  const date = parseLongDate(longDate);
  if (
    !date ||
    terminator !== 'aws4_request' ||
    service !== 's3' ||
    !day ||
    accessKey.length === 0
  ) {
    throw new S3Error(malformed, 'The credential or the date of the request is malformed.');
  }
  if (accessKey.reverse().join('/') !== signer.accessKeyId) {
    throw new S3Error('InvalidAccessKeyId', 'The access key Id you provided does not exist.');
  }
  if (region !== signer.region) {
    throw new S3Error(malformed, `The region '${region}' is wrong; expecting '${signer.region}'.`);
  }
  if (!longDate.startsWith(`${day}T`)) {
    throw new S3Error(malformed, 'The day of the credential is not the day of the request.');
  }
  return { date, longDate, name: `${day}/${region}/s3/aws4_request` };
}

/** The date of 20300131T235959Z, or undefined where it is no such date. */
function parseLongDate(text: string): Date | undefined {
  const match = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text);
  if (!match) return undefined;
  const [, year, month, day, hour, minute, second] = match;
  const date = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(date.getTime()) ? undefined : date;
}
