import { CreateBucketCommand, S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import { test } from 'vitest';
import { DIFFERS, type TargetName } from './differs.ts';

/** A running S3 server with one access key. */
export interface Server {
  url: string;
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
  stop(): Promise<void>;
}

export interface Target extends Server {
  client: S3Client;
  bucket: string;
}

export type Check = (
  name: string,
  run: (target: Target) => Promise<void>,
  timeoutMs?: number,
) => void;

/** A part of the suite: its checks run against whatever target it is given. */
export type Suite = (check: Check) => void;

export async function prepareTarget(server: Server): Promise<Target> {
  const target = { ...server, client: clientFor(server), bucket: 'conformance' };
  await target.client.send(new CreateBucketCommand({ Bucket: target.bucket }));
  return target;
}

export function clientFor(server: Server, overrides: S3ClientConfig = {}): S3Client {
  return new S3Client({
    endpoint: server.url,
    region: server.region,
    forcePathStyle: true,
    credentials: { accessKeyId: server.accessKeyId, secretAccessKey: server.secretAccessKey },
    maxAttempts: 1,
    ...overrides,
  });
}

/** A client that adds no checksums of its own: for presigning. */
export function presignerFor(server: Server, overrides: S3ClientConfig = {}): S3Client {
  return clientFor(server, {
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    ...overrides,
  });
}

/** A check that the target is known to fail must fail: its entry in DIFFERS goes when it passes. */
export function checkFor(name: TargetName, target: () => Target): Check {
  return (title, run, timeoutMs = 30_000) => {
    const reason = DIFFERS[name][title];
    if (reason)
      test.fails(`${title} (differs: ${reason})`, { timeout: timeoutMs }, () => run(target()));
    else test(title, { timeout: timeoutMs }, () => run(target()));
  };
}
