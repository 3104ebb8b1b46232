import {
  CopyObjectCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { expect } from 'vitest';
import { codeOf, md5Hex, sha256, someBytes, statusOf, uniqueKey } from './helpers.ts';
import type { Suite } from './target.ts';

/** Writing, reading, copying and deleting whole objects. */
export const objectSuite: Suite = (check) => {
  check(
    'gives back what was put, with its type, metadata and headers',
    async ({ client, bucket: Bucket }) => {
      const Key = uniqueKey();
      const Body = someBytes(300_000);
      const put = await client.send(
        new PutObjectCommand({
          Bucket,
          Key,
          Body,
          ContentType: 'application/pdf',
          CacheControl: 'no-store',
          ContentDisposition: 'inline; filename="a.pdf"',
          Metadata: { origin: 'scanner 7' },
        }),
      );
      expect(put.ETag).toBe(`"${md5Hex(Body)}"`);
      const got = await client.send(new GetObjectCommand({ Bucket, Key }));
      expect(Buffer.from((await got.Body?.transformToByteArray()) ?? []).equals(Body)).toBe(true);
      expect(got).toMatchObject({
        ETag: put.ETag,
        ContentLength: Body.length,
        ContentType: 'application/pdf',
        CacheControl: 'no-store',
        ContentDisposition: 'inline; filename="a.pdf"',
        Metadata: { origin: 'scanner 7' },
      });
      expect(Math.abs(Date.now() - (got.LastModified?.getTime() ?? 0))).toBeLessThan(60_000);
    },
  );

  check('keeps an object of no bytes', async ({ client, bucket: Bucket }) => {
    const Key = uniqueKey();
    await client.send(new PutObjectCommand({ Bucket, Key, Body: '' }));
    const got = await client.send(new GetObjectCommand({ Bucket, Key }));
    expect(got.ContentLength).toBe(0);
    expect(await got.Body?.transformToString()).toBe('');
    expect(
      await codeOf(client.send(new GetObjectCommand({ Bucket, Key, Range: 'bytes=0-' }))),
    ).toBe('InvalidRange');
  });

  check('tells a verified SHA-256 only when asked', async ({ client, bucket: Bucket }) => {
    const Key = uniqueKey();
    const ChecksumSHA256 = sha256('text');
    await client.send(new PutObjectCommand({ Bucket, Key, Body: 'text', ChecksumSHA256 }));
    const head = await client.send(new HeadObjectCommand({ Bucket, Key, ChecksumMode: 'ENABLED' }));
    expect(head).toMatchObject({ ChecksumSHA256, ChecksumType: 'FULL_OBJECT' });
    const silent = await client.send(new HeadObjectCommand({ Bucket, Key }));
    expect(silent.ChecksumSHA256).toBeUndefined();
  });

  check('refuses bytes that are not those of the checksum', async ({ client, bucket: Bucket }) => {
    const Key = uniqueKey();
    const wrong = { Bucket, Key, Body: 'text', ChecksumSHA256: sha256('other') };
    expect(await codeOf(client.send(new PutObjectCommand(wrong)))).toBe('BadDigest');
    const malformed = { Bucket, Key, Body: 'text', ChecksumSHA256: 'bm90IGEgaGFzaA==' };
    expect(await statusOf(client.send(new PutObjectCommand(malformed)))).toBe(400);
    expect(await statusOf(client.send(new HeadObjectCommand({ Bucket, Key })))).toBe(404);
  });

  check('refuses bytes that are not those of Content-MD5', async ({ client, bucket: Bucket }) => {
    const put = (ContentMD5: string) =>
      client.send(new PutObjectCommand({ Bucket, Key: uniqueKey(), Body: 'text', ContentMD5 }));
    expect(await codeOf(put(Buffer.from(md5Hex('other'), 'hex').toString('base64')))).toBe(
      'BadDigest',
    );
    expect(await codeOf(put('bm8='))).toBe('InvalidDigest');
    await put(Buffer.from(md5Hex('text'), 'hex').toString('base64'));
  });

  check(
    'creates with If-None-Match: * only where the key is free',
    async ({ client, bucket: Bucket }) => {
      const Key = uniqueKey();
      const put = (Body: string) =>
        client.send(new PutObjectCommand({ Bucket, Key, Body, IfNoneMatch: '*' }));
      const outcomes = await Promise.allSettled(['a', 'b', 'c', 'd', 'e', 'f'].map(put));
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect(await codeOf(put('again'))).toBe('PreconditionFailed');
      await client.send(new DeleteObjectCommand({ Bucket, Key }));
      await put('after the delete');
    },
  );

  check('reads the ranges that are asked for', async ({ client, bucket: Bucket }) => {
    const Key = uniqueKey();
    await client.send(new PutObjectCommand({ Bucket, Key, Body: '0123456789' }));
    const read = async (Range: string) => {
      const got = await client.send(new GetObjectCommand({ Bucket, Key, Range }));
      return [await got.Body?.transformToString(), got.ContentRange];
    };
    expect(await read('bytes=0-3')).toEqual(['0123', 'bytes 0-3/10']);
    expect(await read('bytes=7-')).toEqual(['789', 'bytes 7-9/10']);
    expect(await read('bytes=-2')).toEqual(['89', 'bytes 8-9/10']);
    expect(await read('bytes=5-99')).toEqual(['56789', 'bytes 5-9/10']);
    const outside = client.send(new GetObjectCommand({ Bucket, Key, Range: 'bytes=10-' }));
    expect(await statusOf(outside)).toBe(416);
  });

  check(
    'reads under If-Match only the object that was meant',
    async ({ client, bucket: Bucket }) => {
      const Key = uniqueKey();
      const { ETag: IfMatch } = await client.send(
        new PutObjectCommand({ Bucket, Key, Body: 'first' }),
      );
      const get = () => client.send(new GetObjectCommand({ Bucket, Key, IfMatch }));
      expect(await (await get()).Body?.transformToString()).toBe('first');
      await client.send(new PutObjectCommand({ Bucket, Key, Body: 'second' }));
      expect(await codeOf(get())).toBe('PreconditionFailed');
    },
  );

  check(
    'answers If-None-Match with 304 where nothing has changed',
    async ({ client, bucket: Bucket }) => {
      const Key = uniqueKey();
      const { ETag: IfNoneMatch } = await client.send(
        new PutObjectCommand({ Bucket, Key, Body: 'same' }),
      );
      expect(await statusOf(client.send(new GetObjectCommand({ Bucket, Key, IfNoneMatch })))).toBe(
        304,
      );
    },
  );

  check('copies an object with its description', async ({ client, bucket: Bucket }) => {
    const Key = uniqueKey('source +%ü.pdf');
    const { ETag } = await client.send(
      new PutObjectCommand({
        Bucket,
        Key,
        Body: 'copied',
        ContentType: 'application/pdf',
        ChecksumAlgorithm: 'SHA256',
      }),
    );
    const copy = {
      Bucket,
      Key: uniqueKey('copy'),
      CopySource: `${Bucket}/${encodeURIComponent(Key)}`,
    };
    const copied = await client.send(new CopyObjectCommand({ ...copy, CopySourceIfMatch: ETag }));
    expect(copied.CopyObjectResult?.ETag?.replaceAll('"', '')).toBe(md5Hex('copied'));
    const got = await client.send(new GetObjectCommand({ Bucket, Key: copy.Key }));
    expect(got.ContentType).toBe('application/pdf');
    expect(await got.Body?.transformToString()).toBe('copied');
    const missing = new CopyObjectCommand({ ...copy, CopySource: `${Bucket}/${uniqueKey()}` });
    expect(await codeOf(client.send(missing))).toBe('NoSuchKey');
  });

  check('copies under CopySourceIfMatch only the object that was meant', async (target) => {
    const { client, bucket: Bucket } = target;
    const Key = uniqueKey();
    const { ETag } = await client.send(new PutObjectCommand({ Bucket, Key, Body: 'first' }));
    const copy = { Bucket, Key: uniqueKey('copy'), CopySource: `${Bucket}/${Key}` };
    const command = new CopyObjectCommand({ ...copy, CopySourceIfMatch: ETag });
    await client.send(command);
    await client.send(new PutObjectCommand({ Bucket, Key, Body: 'second' }));
    expect(await codeOf(client.send(command))).toBe('PreconditionFailed');
  });

  check('deletes, also what is not there', async ({ client, bucket: Bucket }) => {
    const Key = uniqueKey();
    await client.send(new PutObjectCommand({ Bucket, Key, Body: 'gone' }));
    await client.send(new DeleteObjectCommand({ Bucket, Key }));
    await client.send(new DeleteObjectCommand({ Bucket, Key }));
    expect(await codeOf(client.send(new GetObjectCommand({ Bucket, Key })))).toBe('NoSuchKey');
  });

  check('deletes many at once and says which', async ({ client, bucket: Bucket }) => {
    const keys = ['a&b', 'c<d>', "e'f"].map((name) => uniqueKey(name));
    for (const Key of keys) await client.send(new PutObjectCommand({ Bucket, Key, Body: Key }));
    const Objects = [...keys, uniqueKey('missing')].map((Key) => ({ Key }));
    const answer = await client.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
    expect(answer.Deleted?.map(({ Key }) => Key).sort()).toEqual(
      Objects.map(({ Key }) => Key).sort(),
    );
    for (const Key of keys) {
      expect(await statusOf(client.send(new HeadObjectCommand({ Bucket, Key })))).toBe(404);
    }
    const quiet = await client.send(
      new DeleteObjectsCommand({ Bucket, Delete: { Objects, Quiet: true } }),
    );
    expect(quiet.Deleted ?? []).toEqual([]);
  });

  check('says that a bucket is missing', async ({ client }) => {
    const Bucket = 'nowhere-to-be-found';
    expect(await statusOf(client.send(new HeadBucketCommand({ Bucket })))).toBe(404);
    expect(await codeOf(client.send(new GetObjectCommand({ Bucket, Key: 'a' })))).toBe(
      'NoSuchBucket',
    );
    expect(await codeOf(client.send(new PutObjectCommand({ Bucket, Key: 'a', Body: '' })))).toBe(
      'NoSuchBucket',
    );
  });
};
