import {
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { expect } from 'vitest';
import { send, statusOf, uniqueKey } from './helpers.ts';
import { presignerFor, type Suite } from './target.ts';

const ODD_NAMES = [
  'plain',
  'with space',
  'plus+plus',
  'per%cent',
  'per%2Fcent',
  'ünïcödé 文書 🗎',
  'e\u0301 is not \u00e9',
  'quotes\'"&<>',
  'semi;colon=equals,comma?question#hash',
  'UPPER',
  'upper',
  '..',
  '../..',
  'a/../b',
  './here',
  '.hidden',
  'tilde~and*star!(x)',
  'trailing/',
  'double//slash',
  'back\\slash',
  'con',
  'n'.repeat(200),
];

/** Keys are data: whatever they hold, they name one object and nothing else. */
export const keySuite: Suite = (check) => {
  check(
    'keeps objects of odd keys apart and lists them as they are',
    async ({ client, bucket: Bucket }) => {
      const prefix = uniqueKey('');
      for (const name of ODD_NAMES) {
        await client.send(new PutObjectCommand({ Bucket, Key: prefix + name, Body: name }));
      }
      for (const name of ODD_NAMES) {
        const got = await client.send(new GetObjectCommand({ Bucket, Key: prefix + name }));
        expect(await got.Body?.transformToString()).toBe(name);
      }
      const listed = await client.send(new ListObjectsV2Command({ Bucket, Prefix: prefix }));
      const inOrder = ODD_NAMES.map((name) => Buffer.from(prefix + name))
        .sort(Buffer.compare)
        .map(String);
      expect(listed.Contents?.map(({ Key }) => Key)).toEqual(inOrder);
    },
  );

  check('reads odd keys through presigned addresses', async (target) => {
    const { client, bucket: Bucket } = target;
    for (const name of ['with space', 'plus+plus', 'per%2Fcent', 'ünï 文 🗎', '../..', "a'(b)*!"]) {
      const Key = uniqueKey(name);
      await client.send(new PutObjectCommand({ Bucket, Key, Body: name }));
      const url = await getSignedUrl(presignerFor(target), new GetObjectCommand({ Bucket, Key }));
      const answer = await send(url);
      expect([name, answer.status, answer.body.toString()]).toEqual([name, 200, name]);
    }
  });

  check(
    'takes a key of 1024 bytes and refuses a longer one',
    async ({ client, bucket: Bucket }) => {
      const prefix = uniqueKey('');
      const Key = prefix + 'é'.repeat((1024 - prefix.length) / 2);
      await client.send(new PutObjectCommand({ Bucket, Key, Body: 'long' }));
      const listed = await client.send(new ListObjectsV2Command({ Bucket, Prefix: prefix }));
      expect(listed.Contents?.map((object) => object.Key)).toEqual([Key]);
      await client.send(new HeadObjectCommand({ Bucket, Key }));
      const longer = new PutObjectCommand({ Bucket, Key: `${Key}ab`, Body: 'longer' });
      expect(await statusOf(client.send(longer))).toBe(400);
    },
  );

  check('lets no path lead out of the bucket', async ({ client, bucket, url }) => {
    await client.send(
      new PutObjectCommand({ Bucket: bucket, Key: '../../outside', Body: 'inside' }),
    );
    for (const path of [
      '/../../etc/passwd',
      `/${bucket}/../../etc/passwd`,
      '/%2e%2e/%2e%2e/etc/passwd',
      '/..%2f..%2fetc',
    ]) {
      const answer = await send(url, { path });
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.body.toString()).not.toContain('root:');
    }
    const got = await client.send(new GetObjectCommand({ Bucket: bucket, Key: '../../outside' }));
    expect(await got.Body?.transformToString()).toBe('inside');
  });
};
