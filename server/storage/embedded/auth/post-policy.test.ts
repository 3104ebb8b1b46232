import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { checkConditions, parsePolicy, verifyPostPolicy } from './post-policy.ts';
import { RequestSigner } from './signer.ts';

const LATER = '2999-01-01T00:00:00Z';
const SIGNER = new RequestSigner({ accessKeyId: 'AKID', secretAccessKey: 'secret', region: 'eu' });

function policyOf(conditions: unknown[], expiration = LATER): string {
  return Buffer.from(JSON.stringify({ expiration, conditions })).toString('base64');
}

function judge(conditions: unknown[], fields: Record<string, string>) {
  return checkConditions(parsePolicy(policyOf(conditions)), fields);
}

async function signedFields(policy: string): Promise<Record<string, string>> {
  const signature = await SIGNER.sign(policy, { signingDate: new Date('2030-01-02T03:04:05Z') });
  return {
    policy,
    'x-amz-signature': signature,
    'x-amz-algorithm': 'AWS4-HMAC-SHA256',
    'x-amz-credential': 'AKID/20300102/eu/s3/aws4_request',
    'x-amz-date': '20300102T030405Z',
  };
}

const AUTH = [
  ['starts-with', '$x-amz-algorithm', ''],
  ['starts-with', '$x-amz-credential', ''],
  ['starts-with', '$x-amz-date', ''],
];

describe('parsePolicy', () => {
  test.each([
    ['no JSON', Buffer.from('{').toString('base64')],
    ['nothing', ''],
    ['no conditions', Buffer.from(JSON.stringify({ expiration: LATER })).toString('base64')],
    ['no expiration', Buffer.from(JSON.stringify({ conditions: [] })).toString('base64')],
    ['an expiration that is no date', policyOf([], 'tomorrow')],
    ['an unknown operator', policyOf([['ends-with', '$key', 'a']])],
    ['a condition of two fields', policyOf([{ key: 'a', acl: 'b' }])],
    ['a condition of no field', policyOf([{}])],
    ['a value that is no text', policyOf([{ key: 1 }])],
    ['a negative size', policyOf([['content-length-range', -1, 5]])],
    ['a size that is null', policyOf([['content-length-range', null, 5]])],
    ['a size that is missing', policyOf([['content-length-range', 1]])],
    ['a field without a dollar', policyOf([['eq', 'key', 'a']])],
    ['a condition too long', policyOf([['eq', '$key', 'a', 'b']])],
  ])('refuses a policy with %s', (_, policy) => {
    expect(() => parsePolicy(policy)).toThrowError(
      expect.objectContaining({ code: 'InvalidPolicyDocument' }),
    );
  });
});

describe('checkConditions', () => {
  test('takes fields that are as every condition says, whatever the case of their names', () => {
    const conditions = [
      { key: 'a' },
      ['eq', '$Content-Type', 'image/png'],
      ['starts-with', '$X-Amz-Meta-Tag', 't'],
    ];
    const fields = { key: 'a', 'content-type': 'image/png', 'x-amz-meta-tag': 'tag', bucket: 'b' };
    expect(judge(conditions, fields).minSize).toBe(0);
  });

  test.each([
    ['another value', [{ key: 'a' }], { key: 'b' }],
    ['another case of the value', [{ key: 'a' }], { key: 'A' }],
    ['another prefix', [['starts-with', '$key', 'a/']], { key: 'b/a/' }],
    ['no such field', [{ key: 'a' }, { 'content-type': 'x' }], { key: 'a' }],
    ['a field without a condition', [{ key: 'a' }], { key: 'a', acl: 'public-read' }],
    ['one of two conditions on a field', [{ key: 'a' }, ['eq', '$key', 'b']], { key: 'a' }],
    ['no condition at all', [], { key: 'a' }],
    ['another bucket', [{ key: 'a' }, { bucket: 'mine' }], { key: 'a', bucket: 'yours' }],
    ['a condition on a prototype member', [{ constructor: 'a' }], {}],
  ])('refuses %s', (_, conditions, fields) => {
    expect(() => judge(conditions, fields as Record<string, string>)).toThrowError(
      expect.objectContaining({ code: 'AccessDenied' }),
    );
  });

  test('holds to the narrowest of several size ranges', () => {
    const ranges = [
      ['content-length-range', 5, 100],
      ['content-length-range', '10', '200'],
    ];
    expect(judge(ranges, {})).toEqual({ minSize: 10, maxSize: 100 });
  });
});

describe('verifyPostPolicy', () => {
  test('takes a signed policy', async () => {
    const fields = await signedFields(policyOf([...AUTH, ['content-length-range', 1, 2]]));
    expect(await verifyPostPolicy(fields, 'bucket', SIGNER)).toEqual({ minSize: 1, maxSize: 2 });
  });

  test.each([
    ['SignatureDoesNotMatch', { policy: policyOf([...AUTH, { key: 'other' }]) }],
    ['SignatureDoesNotMatch', { 'x-amz-signature': createHash('sha256').digest('hex') }],
    ['SignatureDoesNotMatch', { 'x-amz-signature': 'short' }],
    ['InvalidAccessKeyId', { 'x-amz-credential': 'OTHER/20300102/eu/s3/aws4_request' }],
    ['InvalidArgument', { 'x-amz-credential': 'AKID/20300102/us/s3/aws4_request' }],
    ['InvalidArgument', { 'x-amz-credential': 'AKID/20300103/eu/s3/aws4_request' }],
    ['InvalidArgument', { 'x-amz-credential': '' }],
    ['InvalidArgument', { 'x-amz-date': 'today' }],
    ['InvalidArgument', { 'x-amz-algorithm': 'AWS4-ECDSA-P256-SHA256' }],
    ['InvalidArgument', { policy: '' }],
    ['InvalidToken', { 'x-amz-security-token': 'token' }],
    ['AccessDenied', { key: 'not in the policy' }],
  ])('answers %s to %o', async (code, changes) => {
    const fields = { ...(await signedFields(policyOf(AUTH))), ...changes };
    await expect(verifyPostPolicy(fields, 'bucket', SIGNER)).rejects.toMatchObject({ code });
  });

  test('refuses an expired policy', async () => {
    const fields = await signedFields(policyOf(AUTH, '2020-01-01T00:00:00Z'));
    await expect(verifyPostPolicy(fields, 'bucket', SIGNER)).rejects.toMatchObject({
      code: 'AccessDenied',
    });
  });
});
