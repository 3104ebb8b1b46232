import { AbortMultipartUploadCommand, ListMultipartUploadsCommand } from '@aws-sdk/client-s3';
import type { SystemContext } from '../context.ts';
import { UPLOAD_HOURS } from '../documents/schemas.ts';
import { translateStorageErrors } from '../storage/errors.ts';
import { DOCUMENTS_PREFIX } from '../storage/keys.ts';

/**
 * Frees the parts of uploads that the store still holds although their time is over: those of a
 * request that died before its row was written, or whose abort failed. Returns how many there were.
 */
export function abortOldUploads({
  ctx: { storage },
  olderThanHours = UPLOAD_HOURS + 0.5,
}: {
  ctx: Pick<SystemContext, 'storage'>;
  olderThanHours?: number;
}): Promise<number> {
  const before = Date.now() - olderThanHours * 3_600_000;
  const Bucket = storage.bucket;
  return translateStorageErrors(async () => {
    let aborted = 0;
    for (let marker: { key?: string; id?: string } | undefined = {}; marker; ) {
      const page: Awaited<ReturnType<typeof list>> = await list(marker);
      for (const { Key, UploadId, Initiated } of page.Uploads ?? []) {
        if (!Key || !UploadId || !Initiated || Initiated.getTime() > before) continue;
        await storage.client.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId }));
        aborted += 1;
      }
      marker = page.IsTruncated
        ? { key: page.NextKeyMarker ?? '', id: page.NextUploadIdMarker ?? '' }
        : undefined;
    }
    return aborted;
  });

  function list({ key, id }: { key?: string; id?: string }) {
    const KeyMarker = key ? { KeyMarker: key, UploadIdMarker: id } : {};
    return storage.client.send(
      new ListMultipartUploadsCommand({ Bucket, Prefix: DOCUMENTS_PREFIX, ...KeyMarker }),
    );
  }
}
