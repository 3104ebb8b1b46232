import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { expect } from 'vitest';
import { codeOf, send, statusOf, uniqueKey } from './helpers.ts';
import { sha256Hex, signRequest } from './signing.ts';
import { clientFor, type Suite, type Target } from './target.ts';

const MINUTE_MS = 60_000;

async function putObject({ client, bucket: Bucket }: Target, Body = 'private') {
  const Key = uniqueKey();
  await client.send(new PutObjectCommand({ Bucket, Key, Body }));
  return { Bucket, Key, path: `/${Bucket}/${Key}` };
}

/** Requests signed by their header. */
export const signatureSuite: Suite = (check) => {
  check('refuses whoever does not sign', async (target) => {
    const { path } = await putObject(target);
    for (const method of ['GET', 'HEAD', 'PUT', 'DELETE']) {
      expect((await send(target.url, { method, path })).status).toBe(403);
    }
    expect((await send(target.url, { path })).code).toBe('AccessDenied');
    const listing = await send(target.url, { path: `/${target.bucket}?list-type=2` });
    expect([listing.status, listing.code]).toEqual([403, 'AccessDenied']);
  });

  check('refuses a wrong secret and an unknown key', async (target) => {
    const object = await putObject(target);
    const { accessKeyId, secretAccessKey } = target;
    const get = (credentials: { accessKeyId: string; secretAccessKey: string }) =>
      codeOf(clientFor(target, { credentials }).send(new GetObjectCommand(object)));
    expect(await get({ accessKeyId, secretAccessKey: 'not the secret' })).toBe(
      'SignatureDoesNotMatch',
    );
    expect(await get({ accessKeyId: 'AKIDSTRANGER', secretAccessKey })).toBe('InvalidAccessKeyId');
  });

  check('refuses a request for another region', async (target) => {
    const object = await putObject(target);
    const region = 'eu-south-9';
    expect(
      await statusOf(clientFor(target, { region }).send(new GetObjectCommand(object))),
    ).toBeGreaterThanOrEqual(400);
  });

  check('takes what is signed as it is', async (target) => {
    const { path } = await putObject(target);
    const signed = await signRequest(target, { method: 'GET', path });
    expect((await send(target.url, signed)).body.toString()).toBe('private');
  });

  check('refuses a changed path, query, method, host or header', async (target) => {
    const { path } = await putObject(target);
    const other = await putObject(target, 'other');
    const signed = await signRequest(target, {
      method: 'GET',
      path,
      headers: { 'x-amz-meta-a': 'b', range: 'bytes=0-1' },
    });
    const { headers } = signed;
    const forgeries = [
      { ...signed, path: other.path },
      { ...signed, path: `${path}?response-content-type=text%2Fhtml` },
      { ...signed, method: 'DELETE' },
      { ...signed, headers: { ...headers, host: 'elsewhere.example' } },
      { ...signed, headers: { ...headers, range: 'bytes=0-9' } },
      { ...signed, headers: { ...headers, 'x-amz-meta-a': 'c' } },
      {
        ...signed,
        headers: {
          ...headers,
          authorization: headers.authorization?.replace(/.{4}$/, '0000') ?? '',
        },
      },
    ];
    expect((await send(target.url, signed)).status).toBe(206);
    for (const forged of forgeries) {
      const answer = await send(target.url, forged);
      expect([answer.status, answer.code]).toEqual([403, 'SignatureDoesNotMatch']);
    }
  });

  check('refuses x-amz headers that are not signed', async (target) => {
    const { path } = await putObject(target);
    const signed = await signRequest(target, { method: 'GET', path });
    const headers = { ...signed.headers, 'x-amz-meta-a': 'b' };
    expect((await send(target.url, { ...signed, headers })).status).toBe(403);
  });

  check('refuses a body that is not the signed one', async (target) => {
    const path = `/${target.bucket}/${uniqueKey()}`;
    const signed = await signRequest(
      target,
      { method: 'PUT', path },
      { payloadHash: sha256Hex('good') },
    );
    expect((await send(target.url, { ...signed, body: 'evil' })).code).toMatch(
      /^XAmzContentSHA256Mismatch$/,
    );
    const get = await signRequest(target, { method: 'GET', path });
    expect((await send(target.url, get)).status).toBe(404);
    expect((await send(target.url, { ...signed, body: 'good' })).status).toBe(200);
  });

  check('refuses a clock that is wrong by more than a quarter of an hour', async (target) => {
    const { path } = await putObject(target);
    const at = async (minutes: number) => {
      const date = new Date(Date.now() + minutes * MINUTE_MS);
      return send(target.url, await signRequest(target, { method: 'GET', path }, { date }));
    };
    expect((await at(-14)).status).toBe(200);
    expect((await at(14)).status).toBe(200);
    for (const minutes of [-16, 16, -2000]) {
      const answer = await at(minutes);
      expect([answer.status, answer.code]).toEqual([403, 'RequestTimeTooSkewed']);
    }
  });

  check('refuses what is malformed, with an error in XML', async (target) => {
    const { path } = await putObject(target);
    const signed = await signRequest(target, { method: 'GET', path });
    const odd = [
      'AWS4-HMAC-SHA256',
      'AWS4-HMAC-SHA256 Credential=, SignedHeaders=, Signature=',
      'Basic YTpi',
      'Bearer x',
    ];
    for (const authorization of odd) {
      const answer = await send(target.url, {
        ...signed,
        headers: { ...signed.headers, authorization },
      });
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.status).toBeLessThan(500);
      expect(answer.code).toBeTruthy();
    }
    expect((await send(target.url, { path: '/bucket/%ff%fe' })).status).toBeGreaterThanOrEqual(400);
  });
};
