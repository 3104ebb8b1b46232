import {
  CreateBucketCommand,
  ListObjectsV2Command,
  type ListObjectsV2CommandInput,
  PutObjectCommand,
  paginateListObjectsV2,
} from '@aws-sdk/client-s3';
import { expect } from 'vitest';
import { codeOf, md5Hex, statusOf, uniqueKey } from './helpers.ts';
import type { Suite, Target } from './target.ts';

async function putAll({ client, bucket: Bucket }: Target, keys: string[]): Promise<void> {
  await Promise.all(
    keys.map((Key) => client.send(new PutObjectCommand({ Bucket, Key, Body: Key }))),
  );
}

async function listAll(
  { client, bucket: Bucket }: Target,
  options: Partial<ListObjectsV2CommandInput>,
) {
  const pages: string[][] = [];
  for await (const page of paginateListObjectsV2({ client }, { Bucket, ...options })) {
    const keys = (page.Contents ?? []).map(({ Key }) => Key ?? '');
    const prefixes = (page.CommonPrefixes ?? []).map(({ Prefix }) => Prefix ?? '');
    expect(page.KeyCount).toBe(keys.length + prefixes.length);
    pages.push([...keys, ...prefixes]);
  }
  return pages;
}

/** ListObjectsV2. */
export const listingSuite: Suite = (check) => {
  check('pages through the keys of a prefix in the order of their bytes', async (target) => {
    const prefix = uniqueKey('');
    const names = ['b', 'a/1', 'a', 'a0', 'a-1', 'B', 'é', 'z/z/z', 'a/', 'a!/x', '文', '🗎', 'ff'];
    await putAll(
      target,
      names.map((name) => prefix + name),
    );
    const pages = await listAll(target, { Prefix: prefix, MaxKeys: 3 });
    const inOrder = names
      .map((name) => Buffer.from(prefix + name))
      .sort(Buffer.compare)
      .map(String);
    expect(pages.flat()).toEqual(inOrder);
    expect(pages.map((page) => page.length)).toEqual([3, 3, 3, 3, 1]);
  });

  check('groups by a delimiter, each group once, over pages', async (target) => {
    const prefix = uniqueKey('');
    const names = ['a/1', 'a/2', 'a/3/4', 'b', 'c/1', 'c/2', 'd', 'e/'];
    await putAll(
      target,
      names.map((name) => prefix + name),
    );
    const wanted = ['a/', 'b', 'c/', 'd', 'e/'].map((name) => prefix + name);
    for (const MaxKeys of [1, 2, 1000]) {
      const pages = await listAll(target, { Prefix: prefix, Delimiter: '/', MaxKeys });
      expect(pages.flat().sort()).toEqual(wanted);
    }
  });

  check('takes a prefix that ends within a name', async (target) => {
    const prefix = uniqueKey('');
    await putAll(
      target,
      ['page-1/x', 'page-10', 'page-2', 'pag', 'other'].map((name) => prefix + name),
    );
    const pages = await listAll(target, { Prefix: `${prefix}page-1` });
    expect(pages.flat()).toEqual([`${prefix}page-1/x`, `${prefix}page-10`]);
  });

  check('starts after a key', async (target) => {
    const prefix = uniqueKey('');
    await putAll(
      target,
      ['a', 'b/c', 'd'].map((name) => prefix + name),
    );
    const pages = await listAll(target, { Prefix: prefix, StartAfter: `${prefix}b` });
    expect(pages.flat()).toEqual([`${prefix}b/c`, `${prefix}d`]);
  });

  check('tells size, etag and time of each object', async (target) => {
    const Key = uniqueKey();
    await putAll(target, [Key]);
    const listed = await target.client.send(
      new ListObjectsV2Command({ Bucket: target.bucket, Prefix: Key }),
    );
    expect(listed.Contents).toMatchObject([{ Key, Size: Key.length, ETag: `"${md5Hex(Key)}"` }]);
    expect(listed.Contents?.[0]?.LastModified).toBeInstanceOf(Date);
  });

  check(
    'is empty for a prefix without keys and refuses what it cannot do',
    async ({ client, bucket: Bucket }) => {
      const none = await client.send(new ListObjectsV2Command({ Bucket, Prefix: uniqueKey() }));
      expect(none).toMatchObject({ KeyCount: 0, IsTruncated: false });
      const odd = client.send(
        new ListObjectsV2Command({ Bucket, MaxKeys: 'many' as unknown as number }),
      );
      expect(await statusOf(odd)).toBe(400);
      const missing = client.send(new ListObjectsV2Command({ Bucket: 'nowhere-to-be-found' }));
      expect(await codeOf(missing)).toBe('NoSuchBucket');
    },
  );

  check('creates a bucket that exists without touching its objects', async (target) => {
    const Key = uniqueKey();
    await putAll(target, [Key]);
    await target.client.send(new CreateBucketCommand({ Bucket: target.bucket }));
    expect((await listAll(target, { Prefix: Key })).flat()).toEqual([Key]);
  });

  check('refuses a bucket name that is none', async ({ client }) => {
    for (const Bucket of ['UPPER_case', 'a', 'a..b', '-a-']) {
      expect(await statusOf(client.send(new CreateBucketCommand({ Bucket })))).toBe(400);
    }
  });
};
