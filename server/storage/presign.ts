import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  ListPartsCommand,
  type Part,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { ObjectStorage } from './client.ts';
import { translateStorageErrors } from './errors.ts';

/** Seconds. */
const FORM_EXPIRES = 300;
const PART_EXPIRES = 3600;
const DOWNLOAD_EXPIRES = 300;

export interface UploadForm {
  url: string;
  /** Form fields, to be sent before the file. */
  fields: Record<string, string>;
}

/** A form for exactly this key, type, size and content. `sha256` is hex. */
export function presignForm(
  storage: ObjectStorage,
  object: { key: string; contentType: string; size: number; sha256: string },
): Promise<UploadForm> {
  const checksum = toBase64(object.sha256);
  const fields = {
    'Content-Type': object.contentType,
    'x-amz-checksum-algorithm': 'SHA256',
    'x-amz-checksum-sha256': checksum,
  };
  return createPresignedPost(storage.presigner, {
    Bucket: storage.bucket,
    Key: object.key,
    Fields: fields,
    Conditions: [
      ['content-length-range', object.size, object.size],
      ['eq', '$Content-Type', object.contentType],
      ['eq', '$x-amz-checksum-sha256', checksum],
    ],
    Expires: FORM_EXPIRES,
  });
}

export function startMultipart(
  storage: ObjectStorage,
  object: { key: string; contentType: string },
): Promise<string> {
  return translateStorageErrors(async () => {
    const { UploadId } = await storage.client.send(
      new CreateMultipartUploadCommand({
        Bucket: storage.bucket,
        Key: object.key,
        ContentType: object.contentType,
        ChecksumAlgorithm: 'SHA256',
      }),
    );
    return UploadId ?? '';
  });
}

/** The address for one part; the store refuses other bytes than those of `sha256` (hex). */
export function presignPart(
  storage: ObjectStorage,
  part: { key: string; uploadId: string; number: number; sha256: string },
): Promise<string> {
  const command = new UploadPartCommand({
    Bucket: storage.bucket,
    Key: part.key,
    UploadId: part.uploadId,
    PartNumber: part.number,
    ChecksumSHA256: toBase64(part.sha256),
  });
  return getSignedUrl(storage.presigner, command, {
    expiresIn: PART_EXPIRES,
    unhoistableHeaders: new Set(['x-amz-checksum-sha256']),
  });
}

export function listParts(
  storage: ObjectStorage,
  upload: { key: string; uploadId: string },
): Promise<Part[]> {
  return translateStorageErrors(async () => {
    const parts: Part[] = [];
    for (let marker: string | undefined; ; ) {
      const page = await storage.client.send(
        new ListPartsCommand({
          Bucket: storage.bucket,
          Key: upload.key,
          UploadId: upload.uploadId,
          ...(marker && { PartNumberMarker: marker }),
        }),
      );
      parts.push(...(page.Parts ?? []));
      if (!page.IsTruncated) return parts;
      marker = page.NextPartNumberMarker;
    }
  });
}

export function completeMultipart(
  storage: ObjectStorage,
  upload: { key: string; uploadId: string; parts: Part[] },
): Promise<void> {
  return translateStorageErrors(async () => {
    const Parts = upload.parts.map(({ PartNumber, ETag, ChecksumSHA256 }) => ({
      PartNumber,
      ETag,
      ChecksumSHA256,
    }));
    await storage.client.send(
      new CompleteMultipartUploadCommand({
        Bucket: storage.bucket,
        Key: upload.key,
        UploadId: upload.uploadId,
        MultipartUpload: { Parts },
      }),
    );
  });
}

export function abortMultipart(
  storage: ObjectStorage,
  upload: { key: string; uploadId: string },
): Promise<void> {
  return translateStorageErrors(async () => {
    await storage.client.send(
      new AbortMultipartUploadCommand({
        Bucket: storage.bucket,
        Key: upload.key,
        UploadId: upload.uploadId,
      }),
    );
  });
}

/** A download under `fileName`, or, without one, for showing within a page. */
export function presignDownload(
  storage: ObjectStorage,
  object: { key: string; contentType: string; fileName?: string },
): Promise<string> {
  const command = new GetObjectCommand({
    Bucket: storage.bucket,
    Key: object.key,
    ResponseContentType: object.contentType,
    ...(object.fileName && { ResponseContentDisposition: attachment(object.fileName) }),
  });
  return getSignedUrl(storage.presigner, command, { expiresIn: DOWNLOAD_EXPIRES });
}

/** A `Content-Disposition` as RFC 6266 has it, with the RFC 8187 form of the name. */
export function attachment(fileName: string): string {
  const ascii = fileName.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const encoded = encodeURIComponent(fileName.toWellFormed()).replace(
    /['()*!]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`;
}

function toBase64(hex: string): string {
  return Buffer.from(hex, 'hex').toString('base64');
}
