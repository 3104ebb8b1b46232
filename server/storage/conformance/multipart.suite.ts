import {
  AbortMultipartUploadCommand,
  type CompletedPart,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListPartsCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { expect } from 'vitest';
import {
  codeOf,
  MEBIBYTE,
  md5Hex,
  send,
  sha256,
  someBytes,
  statusOf,
  uniqueKey,
} from './helpers.ts';
import { presignerFor, type Suite, type Target } from './target.ts';

const CONTENT = someBytes(11 * MEBIBYTE);
const PARTS = [
  CONTENT.subarray(0, 5 * MEBIBYTE),
  CONTENT.subarray(5 * MEBIBYTE, 10 * MEBIBYTE),
  CONTENT.subarray(10 * MEBIBYTE),
];

async function startUpload({ client, bucket: Bucket }: Target, Key = uniqueKey()) {
  const command = new CreateMultipartUploadCommand({
    Bucket,
    Key,
    ContentType: 'application/pdf',
    ChecksumAlgorithm: 'SHA256',
  });
  const { UploadId } = await client.send(command);
  return { Bucket, Key, UploadId };
}

type Upload = Awaited<ReturnType<typeof startUpload>>;

/** Sends a part as a browser does: by a presigned address and its checksum. */
async function putPresigned(
  target: Target,
  upload: Upload,
  PartNumber: number,
  body: Uint8Array,
  claimed = body,
) {
  const ChecksumSHA256 = sha256(claimed);
  const command = new UploadPartCommand({ ...upload, PartNumber, ChecksumSHA256 });
  const url = await getSignedUrl(presignerFor(target), command, {
    unhoistableHeaders: new Set(['x-amz-checksum-sha256']),
  });
  const answer = await send(url, {
    method: 'PUT',
    body,
    headers: { 'x-amz-checksum-sha256': ChecksumSHA256 },
  });
  return { ...answer, part: { PartNumber, ETag: answer.headers.etag, ChecksumSHA256 } };
}

function complete({ client }: Target, upload: Upload, Parts: CompletedPart[], more = {}) {
  return client.send(
    new CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts }, ...more }),
  );
}

async function putAll(
  target: Target,
  upload: Upload,
  bodies: Uint8Array[],
): Promise<CompletedPart[]> {
  const parts: CompletedPart[] = [];
  for (const [index, body] of bodies.entries()) {
    parts.push((await putPresigned(target, upload, index + 1, body)).part);
  }
  return parts;
}

/** Uploads in parts. */
export const multipartSuite: Suite = (check) => {
  check('makes one object of presigned parts', async (target) => {
    const upload = await startUpload(target);
    const parts = await putAll(target, upload, PARTS);
    await complete(target, upload, parts);
    const digest = md5Hex(Buffer.concat(PARTS.map((part) => Buffer.from(md5Hex(part), 'hex'))));
    const { Bucket, Key } = upload;
    const got = await target.client.send(new GetObjectCommand({ Bucket, Key }));
    expect(got.ETag).toBe(`"${digest}-3"`);
    expect(got.ContentType).toBe('application/pdf');
    expect(Buffer.from((await got.Body?.transformToByteArray()) ?? []).equals(CONTENT)).toBe(true);
    const tail = await target.client.send(
      new GetObjectCommand({ Bucket, Key, Range: 'bytes=-100' }),
    );
    expect(
      Buffer.from((await tail.Body?.transformToByteArray()) ?? []).equals(CONTENT.subarray(-100)),
    ).toBe(true);
  });

  check('gives the checksum of checksums', async (target) => {
    const upload = await startUpload(target);
    const parts = await putAll(target, upload, PARTS);
    await complete(target, upload, parts);
    const { Bucket, Key } = upload;
    const head = await target.client.send(
      new HeadObjectCommand({ Bucket, Key, ChecksumMode: 'ENABLED' }),
    );
    const composite = sha256(
      Buffer.concat(PARTS.map((part) => Buffer.from(sha256(part), 'base64'))),
    );
    expect(head).toMatchObject({ ChecksumSHA256: `${composite}-3`, ChecksumType: 'COMPOSITE' });
  });

  check('goes on from the parts that it lists', async (target) => {
    const upload = await startUpload(target);
    const [first, second, third] = PARTS as [Buffer, Buffer, Buffer];
    await putPresigned(target, upload, 3, third);
    await putPresigned(target, upload, 1, first);
    const page = await target.client.send(new ListPartsCommand({ ...upload, MaxParts: 1 }));
    expect(page).toMatchObject({
      IsTruncated: true,
      Parts: [{ PartNumber: 1, Size: first.length }],
    });
    const rest = await target.client.send(
      new ListPartsCommand({ ...upload, PartNumberMarker: page.NextPartNumberMarker }),
    );
    expect(rest.Parts).toMatchObject([
      { PartNumber: 3, Size: third.length, ETag: `"${md5Hex(third)}"` },
    ]);
    await putPresigned(target, upload, 2, second);
    const all = await target.client.send(new ListPartsCommand(upload));
    await complete(target, upload, all.Parts ?? []);
    const { Bucket, Key } = upload;
    const head = await target.client.send(new HeadObjectCommand({ Bucket, Key }));
    expect(head.ContentLength).toBe(CONTENT.length);
  });

  check('lists the checksum of each part', async (target) => {
    const upload = await startUpload(target);
    await putPresigned(target, upload, 1, Buffer.from('part'));
    const { Parts } = await target.client.send(new ListPartsCommand(upload));
    expect(Parts).toMatchObject([{ PartNumber: 1, ChecksumSHA256: sha256('part') }]);
  });

  check('takes the last of two parts of one number', async (target) => {
    const upload = await startUpload(target);
    const old = await putPresigned(target, upload, 1, Buffer.from('old'));
    const fresh = await putPresigned(target, upload, 1, Buffer.from('fresh'));
    expect(await codeOf(complete(target, upload, [old.part]))).toBe('InvalidPart');
    await complete(target, upload, [fresh.part]);
    const { Bucket, Key } = upload;
    const got = await target.client.send(new GetObjectCommand({ Bucket, Key }));
    expect(await got.Body?.transformToString()).toBe('fresh');
  });

  check('refuses a part of other bytes than its checksum', async (target) => {
    const upload = await startUpload(target);
    const answer = await putPresigned(target, upload, 1, Buffer.from('evil'), Buffer.from('good'));
    expect([answer.status, answer.code]).toEqual([400, 'BadDigest']);
    const listed = await target.client.send(new ListPartsCommand(upload));
    expect(listed.Parts ?? []).toEqual([]);
  });

  check('refuses a part without the checksum of its address', async (target) => {
    const upload = await startUpload(target);
    const command = new UploadPartCommand({
      ...upload,
      PartNumber: 1,
      ChecksumSHA256: sha256('good'),
    });
    const url = await getSignedUrl(presignerFor(target), command, {
      unhoistableHeaders: new Set(['x-amz-checksum-sha256']),
    });
    expect((await send(url, { method: 'PUT', body: 'evil' })).status).toBe(403);
    const forged = { 'x-amz-checksum-sha256': sha256('evil') };
    expect((await send(url, { method: 'PUT', body: 'evil', headers: forged })).code).toBe(
      'SignatureDoesNotMatch',
    );
  });

  check('refuses a presigned part under another number or upload', async (target) => {
    const [upload, other] = [await startUpload(target), await startUpload(target)];
    const url = await getSignedUrl(
      presignerFor(target),
      new UploadPartCommand({ ...upload, PartNumber: 1 }),
    );
    const renumbered = url.replace('partNumber=1', 'partNumber=2');
    const moved = url.replace(upload.UploadId ?? '', other.UploadId ?? '');
    for (const forged of [renumbered, moved]) {
      expect((await send(forged, { method: 'PUT', body: 'evil' })).code).toBe(
        'SignatureDoesNotMatch',
      );
    }
  });

  check('refuses parts out of order', async (target) => {
    const upload = await startUpload(target);
    const parts = await putAll(target, upload, PARTS.slice(0, 2));
    expect(await codeOf(complete(target, upload, parts.toReversed()))).toBe('InvalidPartOrder');
    expect((await target.client.send(new ListPartsCommand(upload))).Parts).toHaveLength(2);
  });

  check('refuses parts that are unknown or too small', async (target) => {
    const upload = await startUpload(target);
    const parts = await putAll(target, upload, [Buffer.from('small'), Buffer.from('last')]);
    expect(await codeOf(complete(target, upload, [{ ...parts[0], PartNumber: 7 }]))).toBe(
      'InvalidPart',
    );
    expect(await codeOf(complete(target, upload, parts))).toBe('EntityTooSmall');
    expect(await statusOf(complete(target, upload, []))).toBe(400);
    expect((await target.client.send(new ListPartsCommand(upload))).Parts).toHaveLength(2);
  });

  check('refuses part numbers that are none', async (target) => {
    const upload = await startUpload(target);
    for (const number of [0, 10_001]) {
      const answer = await putPresigned(target, upload, number, Buffer.from('x'));
      expect([answer.status, answer.code]).toEqual([400, 'InvalidArgument']);
    }
  });

  check('leaves nothing of an aborted upload', async (target) => {
    const upload = await startUpload(target);
    const { part } = await putPresigned(target, upload, 1, Buffer.from('part'));
    await target.client.send(new AbortMultipartUploadCommand(upload));
    expect(await statusOf(target.client.send(new ListPartsCommand(upload)))).toBe(404);
    expect(await statusOf(complete(target, upload, [part]))).toBeGreaterThanOrEqual(400);
    expect((await putPresigned(target, upload, 2, Buffer.from('late'))).code).toBe('NoSuchUpload');
    const { Bucket, Key } = upload;
    expect(await statusOf(target.client.send(new HeadObjectCommand({ Bucket, Key })))).toBe(404);
  });

  check('says that an upload to complete is missing', async (target) => {
    const upload = await startUpload(target);
    const { part } = await putPresigned(target, upload, 1, Buffer.from('part'));
    await target.client.send(new AbortMultipartUploadCommand(upload));
    expect(await codeOf(complete(target, upload, [part]))).toBe('NoSuchUpload');
  });

  check('answers a repeated completion as the first', async (target) => {
    const upload = await startUpload(target);
    const { part } = await putPresigned(target, upload, 1, Buffer.from('one'));
    await complete(target, upload, [part]);
    await complete(target, upload, [part]);
    const { Bucket, Key } = upload;
    const got = await target.client.send(new GetObjectCommand({ Bucket, Key }));
    expect(await got.Body?.transformToString()).toBe('one');
  });

  check('lists the uploads in progress, page by page', async (target) => {
    const Prefix = uniqueKey('');
    const uploads: Upload[] = [];
    for (const name of ['a', 'b', 'b', 'c']) uploads.push(await startUpload(target, Prefix + name));
    await startUpload(target, uniqueKey('elsewhere'));
    const ids: (string | undefined)[] = [];
    for (
      let KeyMarker: string | undefined, UploadIdMarker: string | undefined, more = true;
      more;
    ) {
      const page = await target.client.send(
        new ListMultipartUploadsCommand({
          Bucket: target.bucket,
          Prefix,
          MaxUploads: 1,
          KeyMarker,
          UploadIdMarker,
        }),
      );
      ids.push(...(page.Uploads ?? []).map(({ UploadId }) => UploadId));
      [KeyMarker, UploadIdMarker, more] = [
        page.NextKeyMarker,
        page.NextUploadIdMarker,
        page.IsTruncated ?? false,
      ];
    }
    expect(ids.toSorted()).toEqual(uploads.map(({ UploadId }) => UploadId).toSorted());
    for (const upload of uploads) await target.client.send(new AbortMultipartUploadCommand(upload));
  });
};
