'use client';

import {
  CalendarClock,
  CalendarX,
  CircleX,
  Clock,
  CloudUpload,
  FileSearch,
  LockKeyhole,
  RotateCcw,
} from 'lucide-react';
import { useTranslations } from 'use-intl/react';
import type { DocumentDetail } from '../data/trpc.ts';
import { asksForPassword, canRetry } from '../documents/states.ts';
import type { DocumentActions } from '../documents/use-actions.ts';
import { useServerWords } from '../i18n/i18n-provider.tsx';
import { useFormat } from '../i18n/use-format.ts';
import { Button } from '../ui/button.tsx';
import { FileButton } from '../upload/file-button.tsx';
import { useUploadList } from '../upload/upload-provider.tsx';
import { advisedCode } from './advice.ts';
import { NoticeCard } from './notice-card.tsx';
import { PasswordForm } from './password-form.tsx';

/** What there is to say of a document whose pages are not known. */
export function DocumentNotice({
  document,
  actions,
}: {
  document: DocumentDetail;
  actions: DocumentActions;
}) {
  const t = useTranslations('viewer.notices');
  if (asksForPassword(document)) return <Locked document={document} />;
  if (document.removed.pages) return <Expired since={document.removed.pages} />;
  switch (document.status) {
    case 'awaiting_upload':
      return <Unfinished document={document} />;
    case 'failed':
      return <Failed document={document} actions={actions} />;
    case 'canceled':
      return (
        <NoticeCard icon={CircleX} tone="text-ink-muted" title={t('canceled.title')}>
          <p className="mt-2 text-ink-muted">{t('canceled.text')}</p>
        </NoticeCard>
      );
    case 'queued':
      if (document.startAt) return <Scheduled startAt={document.startAt} />;
      return (
        <NoticeCard icon={Clock} tone="text-ink-muted" title={t('queued.title')}>
          <p className="mt-2 text-ink-muted">{t('queued.text')}</p>
        </NoticeCard>
      );
    default:
      return (
        <NoticeCard icon={FileSearch} tone="text-accent" title={t('opening.title')}>
          <p className="mt-2 text-ink-muted">{t('opening.text')}</p>
        </NoticeCard>
      );
  }
}

function Scheduled({ startAt }: { startAt: string }) {
  const t = useTranslations('viewer.notices.scheduled');
  const list = useTranslations('documents');
  const format = useFormat();
  const time = list('starts', { time: format.start(startAt) });
  return (
    <NoticeCard icon={CalendarClock} tone="text-ink-muted" title={t('title')}>
      <p className="mt-2 text-ink-muted">
        {t.rich('text', { time: () => <time dateTime={startAt}>{time}</time> })}
      </p>
    </NoticeCard>
  );
}

function Expired({ since }: { since: string }) {
  const t = useTranslations('viewer.notices.expired');
  const day = useFormat().day(since);
  return (
    <NoticeCard icon={CalendarX} tone="text-ink-muted" title={t('title')}>
      <p className="mt-2 text-ink-muted text-pretty">
        {t.rich('text', { time: () => <time dateTime={since}>{day}</time> })}
      </p>
    </NoticeCard>
  );
}

function Locked({ document }: { document: DocumentDetail }) {
  const t = useTranslations('viewer.notices.locked');
  return (
    <NoticeCard icon={LockKeyhole} tone="text-warn" title={t('title')}>
      <p className="mt-2 text-ink-muted">{t('text')}</p>
      <PasswordForm document={document} />
    </NoticeCard>
  );
}

function Unfinished({ document }: { document: DocumentDetail }) {
  const t = useTranslations('viewer.notices');
  const uploading = useUploadList().some(({ documentId }) => documentId === document.id);
  if (uploading) {
    return (
      <NoticeCard icon={CloudUpload} tone="text-accent" title={t('uploading.title')}>
        <p className="mt-2 text-ink-muted">{t('uploading.text')}</p>
      </NoticeCard>
    );
  }
  return (
    <NoticeCard icon={CloudUpload} tone="text-warn" title={t('interrupted.title')}>
      <p className="mt-2 mb-6 text-ink-muted text-pretty">{t('interrupted.text')}</p>
      <FileButton />
    </NoticeCard>
  );
}

function Failed({ document, actions }: { document: DocumentDetail; actions: DocumentActions }) {
  const t = useTranslations('viewer');
  const common = useTranslations('common');
  const words = useServerWords();
  const { error } = document;
  if (!error) return null;
  const advised = advisedCode(error.code);
  return (
    <NoticeCard icon={CircleX} tone="text-danger" title={t('notices.failed.title')}>
      <p className="mt-3 text-balance">{words.failure(error)}</p>
      {advised && <p className="mt-1 text-ink-muted">{t(`advice.${advised}`)}</p>}
      <p className="mt-4">
        <code className="rounded-md bg-danger-soft px-2 py-1 font-mono text-xs text-danger">
          {error.code}
        </code>
      </p>
      {canRetry(document) ? (
        <Button className="mt-6" onClick={actions.retry}>
          <RotateCcw aria-hidden="true" /> {common('tryAgain')}
        </Button>
      ) : (
        <div className="mt-6 flex justify-center">
          <FileButton />
        </div>
      )}
    </NoticeCard>
  );
}
