import { createHmac } from 'node:crypto';
import { Readable } from 'node:stream';
import { crc32 } from 'node:zlib';
import { GetObjectCommand, HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { getSigningKey } from '@smithy/signature-v4';
import { expect } from 'vitest';
import { codeOf, MEBIBYTE, send, sha256, someBytes, uniqueKey } from './helpers.ts';
import { sha256Hex, signRequest } from './signing.ts';
import { clientFor, type Suite, type Target } from './target.ts';

const UNSIGNED = 'STREAMING-UNSIGNED-PAYLOAD-TRAILER';
const SIGNED = 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD';

async function contentOf({ client, bucket: Bucket }: Target, Key: string): Promise<Buffer> {
  const got = await client.send(new GetObjectCommand({ Bucket, Key }));
  return Buffer.from((await got.Body?.transformToByteArray()) ?? []);
}

function crc32Base64(text: string): string {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(crc32(text));
  return bytes.toString('base64');
}

/** Sends a body with `aws-chunked` framing just as it is written. */
async function sendFramed(
  target: Target,
  body: string,
  trailer: string | undefined,
  length: number,
) {
  const key = uniqueKey();
  const headers = {
    'content-encoding': 'aws-chunked',
    'x-amz-decoded-content-length': String(length),
    ...(trailer && { 'x-amz-trailer': trailer }),
  };
  const request = { method: 'PUT', path: `/${target.bucket}/${key}`, headers };
  const signed = await signRequest(target, request, { payloadHash: UNSIGNED });
  return { key, ...(await send(target.url, { ...signed, body })) };
}

/** Frames and signs chunks by S3's documentation; `tamper` changes the bytes after they were signed. */
async function sendSigned(target: Target, chunks: string[], tamper = (body: string) => body) {
  const key = uniqueKey();
  const decoded = chunks.join('');
  const headers = {
    'content-encoding': 'aws-chunked',
    'x-amz-decoded-content-length': String(decoded.length),
  };
  const request = { method: 'PUT', path: `/${target.bucket}/${key}`, headers };
  const signed = await signRequest(target, request, { payloadHash: SIGNED });
  const date = signed.headers['x-amz-date'] ?? '';
  const day = date.slice(0, 8);
  const { region, accessKeyId, secretAccessKey } = target;
  const sha256Constructor = clientFor(target).config.sha256;
  const signingKey = await getSigningKey(
    sha256Constructor,
    { accessKeyId, secretAccessKey },
    day,
    region,
    's3',
  );
  let previous = /Signature=(\w+)/.exec(signed.headers.authorization ?? '')?.[1] ?? '';
  let body = '';
  for (const chunk of [...chunks, '']) {
    const scope = `${day}/${region}/s3/aws4_request`;
    const text = [
      'AWS4-HMAC-SHA256-PAYLOAD',
      date,
      scope,
      previous,
      sha256Hex(''),
      sha256Hex(chunk),
    ].join('\n');
    previous = createHmac('sha256', signingKey).update(text).digest('hex');
    body += `${chunk.length.toString(16)};chunk-signature=${previous}\r\n${chunk}\r\n`;
  }
  return { key, ...(await send(target.url, { ...signed, body: tamper(body) })) };
}

/** Bodies whose length or checksum comes along with them. */
export const streamingSuite: Suite = (check) => {
  check('takes a stream as the SDK frames it, with a checksum in its trailer', async (target) => {
    const { client, bucket: Bucket } = target;
    const content = someBytes(3 * MEBIBYTE + 17);
    for (const ChecksumAlgorithm of ['CRC32', 'SHA1', 'SHA256'] as const) {
      const Key = uniqueKey();
      const pieces = [
        content.subarray(0, 1),
        content.subarray(1, 100_000),
        content.subarray(100_000),
      ];
      const Body = Readable.from(pieces, { objectMode: false });
      await client.send(
        new PutObjectCommand({
          Bucket,
          Key,
          Body,
          ContentLength: content.length,
          ChecksumAlgorithm,
        }),
      );
      expect((await contentOf(target, Key)).equals(content)).toBe(true);
      const head = await client.send(
        new HeadObjectCommand({ Bucket, Key, ChecksumMode: 'ENABLED' }),
      );
      expect(head[`Checksum${ChecksumAlgorithm}`]).toBeTruthy();
      expect(head.ContentEncoding ?? '').not.toContain('aws-chunked');
    }
  });

  check('takes a stream of unknown length through lib-storage', async (target) => {
    const { client, bucket: Bucket } = target;
    for (const size of [0, 1000, 5 * MEBIBYTE, 12 * MEBIBYTE + 5]) {
      const content = someBytes(size);
      const Key = uniqueKey();
      const Body = Readable.from(size > 0 ? [content] : [], { objectMode: false });
      await new Upload({
        client,
        params: { Bucket, Key, Body, ChecksumAlgorithm: 'SHA256' },
      }).done();
      const stored = await contentOf(target, Key);
      expect([size, sha256(stored)]).toEqual([size, sha256(content)]);
    }
  });

  check('takes a body that waits for 100-continue', async (target) => {
    const content = someBytes(4 * MEBIBYTE);
    const Key = uniqueKey();
    const client = clientFor(target, { expectContinueHeader: true });
    await client.send(new PutObjectCommand({ Bucket: target.bucket, Key, Body: content }));
    expect((await contentOf(target, Key)).equals(content)).toBe(true);
    const stranger = clientFor(target, {
      expectContinueHeader: true,
      credentials: { accessKeyId: target.accessKeyId, secretAccessKey: 'not the secret' },
    });
    const refused = stranger.send(
      new PutObjectCommand({ Bucket: target.bucket, Key, Body: content }),
    );
    expect(await codeOf(refused)).toBe('SignatureDoesNotMatch');
  });

  check('verifies the checksum in a trailer', async (target) => {
    const name = 'x-amz-checksum-crc32';
    const good = await sendFramed(
      target,
      `4\r\ntext\r\n0\r\n${name}:${crc32Base64('text')}\r\n\r\n`,
      name,
      4,
    );
    expect(good.status).toBe(200);
    expect((await contentOf(target, good.key)).toString()).toBe('text');
    const evil = await sendFramed(
      target,
      `4\r\nevil\r\n0\r\n${name}:${crc32Base64('text')}\r\n\r\n`,
      name,
      4,
    );
    expect(evil.status).toBe(400);
    const other = await sendFramed(target, `4\r\ntext\r\n0\r\n\r\n`, name, 4);
    expect(other.status).toBe(400);
  });

  check('refuses framing that is malformed or of another length', async (target) => {
    const name = 'x-amz-checksum-crc32';
    const end = `0\r\n${name}:${crc32Base64('text')}\r\n\r\n`;
    const bodies: [string, number][] = [
      [`4\r\ntext\r\n${end}`, 5],
      [`4\r\ntext\r\n${end}`, 3],
      [`zz\r\ntext\r\n${end}`, 4],
      [`4\r\ntextual\r\n${end}`, 4],
      ['4\r\ntext\r\n', 4],
      ['text', 4],
    ];
    for (const [body, length] of bodies) {
      const answer = await sendFramed(target, body, name, length);
      expect([body, Math.floor(answer.status / 100)]).toEqual([body, 4]);
    }
  });

  check('verifies the signature of each chunk', async (target) => {
    const chunks = ['a'.repeat(70_000), 'b'.repeat(70_000), 'end'];
    const good = await sendSigned(target, chunks);
    expect([good.status, good.code]).toEqual([200, undefined]);
    expect((await contentOf(target, good.key)).toString()).toBe(chunks.join(''));
    const tampered = await sendSigned(target, chunks, (body) => body.replace('bbb', 'ccc'));
    expect(tampered.status).toBe(403);
    const cut = await sendSigned(target, chunks, (body) =>
      body.slice(0, body.lastIndexOf('3;chunk')),
    );
    expect(cut.status).toBeGreaterThanOrEqual(400);
    const swapped = await sendSigned(target, ['a'.repeat(9000), 'b'.repeat(9000)], (body) => {
      const second = body.lastIndexOf('2328;');
      const last = body.lastIndexOf('0;chunk');
      return body.slice(second, last) + body.slice(0, second) + body.slice(last);
    });
    expect(swapped.status).toBe(403);
  });
};
