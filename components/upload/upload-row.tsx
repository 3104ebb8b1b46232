'use client';

import { CircleAlert, CloudUpload, RotateCcw, X } from 'lucide-react';
import { useTranslations } from 'use-intl/react';
import { ROW_GRID } from '../documents/document-row.tsx';
import { isForGood } from '../documents/states.ts';
import { useServerWords } from '../i18n/i18n-provider.tsx';
import { useFormat } from '../i18n/use-format.ts';
import { cn } from '../ui/cn.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { SheetIcon } from '../ui/sheet-icon.tsx';
import { useUploads } from './upload-provider.tsx';
import type { Upload } from './upload-store.ts';

/** A file on its way up, in the shape of the document that it becomes. */
export function UploadRow({ upload }: { upload: Upload }) {
  const t = useTranslations('upload');
  const format = useFormat();
  const words = useServerWords();
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
            {t(`phases.${upload.phase}`)}
          </span>
          {upload.error && ` – ${words.failure(upload.error)}`}
        </p>
      </div>
      <div className="col-span-3 row-start-2 mt-2.5 md:col-span-1 md:row-start-auto md:mt-0">
        {!failed && <UploadProgress upload={upload} />}
      </div>
      <span className="hidden text-right text-[13px] text-ink-muted tabular-nums md:block">
        {format.bytes(upload.file.size)}
      </span>
      <span className="hidden md:block" />
      <div className="col-start-3 row-start-1 flex justify-end md:col-start-auto md:row-start-auto">
        {upload.error && !isForGood(upload.error.code) && (
          <IconButton
            label={t('again', { name: upload.file.name })}
            onClick={() => retry(upload.id)}
          >
            <RotateCcw />
          </IconButton>
        )}
        <IconButton
          label={t('cancel', { name: upload.file.name })}
          onClick={() => cancel(upload.id)}
        >
          <X />
        </IconButton>
      </div>
    </li>
  );
}

function UploadProgress({ upload }: { upload: Upload }) {
  const t = useTranslations('upload');
  const format = useFormat();
  const percent = Math.round(upload.progress * 100);
  return (
    <span className="flex items-center gap-3 text-[13px] text-ink-muted tabular-nums">
      <span
        role="progressbar"
        aria-label={t('progress', { phase: t(`phases.${upload.phase}`), name: upload.file.name })}
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
      <span className="w-11 text-right">{format.percent(percent)}</span>
    </span>
  );
}
