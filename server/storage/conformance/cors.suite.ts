import {
  CreateBucketCommand,
  GetBucketCorsCommand,
  GetObjectCommand,
  PutBucketCorsCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { expect } from 'vitest';
import { codeOf, send } from './helpers.ts';
import { presignerFor, type Suite, type Target } from './target.ts';

const ORIGIN = 'https://fanfold.example';
const RULES = [
  {
    AllowedOrigins: [ORIGIN, 'https://*.fanfold.example'],
    AllowedMethods: ['GET', 'PUT', 'POST'],
    AllowedHeaders: ['content-type', 'x-amz-*'],
    ExposeHeaders: ['ETag'],
    MaxAgeSeconds: 600,
  },
];

async function bucketWithRules(target: Target, Bucket: string): Promise<string> {
  await target.client.send(new CreateBucketCommand({ Bucket }));
  await target.client.send(
    new PutBucketCorsCommand({ Bucket, CORSConfiguration: { CORSRules: RULES } }),
  );
  return Bucket;
}

function preflight(url: string, origin: string, method: string, headers?: string) {
  return send(url, {
    method: 'OPTIONS',
    headers: {
      Origin: origin,
      'Access-Control-Request-Method': method,
      ...(headers && { 'Access-Control-Request-Headers': headers }),
    },
  });
}

/** CORS as the rules of the bucket say. */
export const corsSuite: Suite = (check) => {
  check('gives back the rules that were put', async (target) => {
    const Bucket = await bucketWithRules(target, 'cors-rules');
    const { CORSRules } = await target.client.send(new GetBucketCorsCommand({ Bucket }));
    expect(CORSRules).toMatchObject(
      RULES.map((rule) => ({
        ...rule,
        AllowedOrigins: expect.arrayContaining(rule.AllowedOrigins),
        AllowedMethods: expect.arrayContaining(rule.AllowedMethods),
        AllowedHeaders: expect.arrayContaining(rule.AllowedHeaders),
      })),
    );
    const bare = 'cors-none';
    await target.client.send(new CreateBucketCommand({ Bucket: bare }));
    const none = target.client.send(new GetBucketCorsCommand({ Bucket: bare }));
    expect(await codeOf(none)).toBe('NoSuchCORSConfiguration');
  });

  check('answers a preflight that a rule allows', async (target) => {
    const bucket = await bucketWithRules(target, 'cors-preflight');
    const url = `${target.url}/${bucket}/some/key`;
    const answer = await preflight(url, ORIGIN, 'PUT', 'content-type, x-amz-checksum-sha256');
    expect(answer.status).toBe(200);
    expect(answer.headers['access-control-allow-origin']).toBe(ORIGIN);
    expect(answer.headers['access-control-allow-methods']).toContain('PUT');
    expect(answer.headers['access-control-allow-headers']).toContain('x-amz-checksum-sha256');
    expect(answer.headers['access-control-max-age']).toBe('600');
    expect((await preflight(url, 'https://eu.fanfold.example', 'GET')).status).toBe(200);
  });

  check('refuses a preflight that no rule allows', async (target) => {
    const bucket = await bucketWithRules(target, 'cors-refused');
    const url = `${target.url}/${bucket}/some/key`;
    for (const answer of [
      await preflight(url, 'https://evil.example', 'PUT'),
      await preflight(url, `${ORIGIN}.evil.example`, 'PUT'),
      await preflight(url, ORIGIN, 'DELETE'),
      await preflight(url, ORIGIN, 'PUT', 'x-other'),
    ]) {
      expect(answer.status).toBe(403);
      expect(answer.headers['access-control-allow-origin']).toBeUndefined();
    }
  });

  check('exposes its answers to allowed origins alone', async (target) => {
    const Bucket = await bucketWithRules(target, 'cors-actual');
    await target.client.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'text' }));
    const url = await getSignedUrl(
      presignerFor(target),
      new GetObjectCommand({ Bucket, Key: 'k' }),
    );
    const allowed = await send(url, { headers: { Origin: ORIGIN } });
    expect(allowed.headers['access-control-allow-origin']).toBe(ORIGIN);
    expect(allowed.headers['access-control-expose-headers']).toContain('ETag');
    expect(allowed.headers.vary).toContain('Origin');
    const other = await send(url, { headers: { Origin: 'https://evil.example' } });
    expect(other.status).toBe(200);
    expect(other.headers['access-control-allow-origin']).toBeUndefined();
  });

  check('lets an allowed origin read why it was refused', async (target) => {
    const bucket = await bucketWithRules(target, 'cors-errors');
    const answer = await send(`${target.url}/${bucket}/k`, { headers: { Origin: ORIGIN } });
    expect(answer.status).toBe(403);
    expect(answer.headers['access-control-allow-origin']).toBe(ORIGIN);
  });
};
