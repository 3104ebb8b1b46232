'use client';

import { CircleAlert, CloudUpload, RotateCcw, X } from 'lucide-react';
import { ROW_GRID } from '../documents/document-row.tsx';
import { formatBytes } from '../documents/format.ts';
import { cn } from '../ui/cn.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { SheetIcon } from '../ui/sheet-icon.tsx';
import { useUploads } from './upload-provider.tsx';
import type { Upload } from './upload-store.ts';

const WORDS: Record<Upload['phase'], string> = {
  waiting: 'Waiting to upload',
  hashing: 'Checking the file',
  uploading: 'Uploading',
  finishing: 'Handing over',
  failed: 'Upload failed',
};

/** A file on its way up, in the shape of the document that it becomes. */
export function UploadRow({ upload }: { upload: Upload }) {
  const { cancel, retry } = useUploads();
  const failed = upload.phase === 'failed';
  return (
    <li
      className={cn(ROW_GRID, 'animate-enter', failed ? 'bg-danger-soft/50' : 'bg-accent-soft/35')}
    >
      <SheetIcon
        icon={failed ? CircleAlert : CloudUpload}
        className={failed ? 'text-danger' : 'text-accent'}
      />
      <div className="min-w-0">
        <p className="truncate font-medium">
          <bdi dir="auto">{upload.file.name}</bdi>
        </p>
        <p className="mt-0.5 truncate text-[13px] text-ink-muted">
          <span className={cn('font-medium', failed ? 'text-danger' : 'text-accent')}>
            {WORDS[upload.phase]}
          </span>
          {failed && ` – ${upload.error?.sentence ?? ''}`}
        </p>
      </div>
      <div className="col-span-3 row-start-2 mt-2.5 md:col-span-1 md:row-start-auto md:mt-0">
        {!failed && <UploadProgress upload={upload} />}
      </div>
      <span className="hidden text-right text-[13px] text-ink-muted tabular-nums md:block">
        {formatBytes(upload.file.size)}
      </span>
      <span className="hidden md:block" />
      <div className="col-start-3 row-start-1 flex justify-end md:col-start-auto md:row-start-auto">
        {failed && (
          <IconButton label={`Upload ${upload.file.name} again`} onClick={() => retry(upload.id)}>
            <RotateCcw />
          </IconButton>
        )}
        <IconButton
          label={`Cancel the upload of ${upload.file.name}`}
          onClick={() => cancel(upload.id)}
        >
          <X />
        </IconButton>
      </div>
    </li>
  );
}

function UploadProgress({ upload }: { upload: Upload }) {
  const percent = Math.round(upload.progress * 100);
  return (
    <span className="flex items-center gap-3 text-[13px] text-ink-muted tabular-nums">
      <span
        role="progressbar"
        aria-label={`${WORDS[upload.phase]}: ${upload.file.name}`}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent}
        className="h-1.5 min-w-0 flex-1 overflow-hidden rounded-full bg-ink/10"
      >
        <span
          className={cn(
            'block h-full bg-accent transition-[width]',
            upload.phase === 'hashing' && 'opacity-50',
          )}
          style={{ width: `${percent}%` }}
        />
      </span>
      <span className="w-9 text-right">{percent}%</span>
    </span>
  );
}
