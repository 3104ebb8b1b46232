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
import type { DocumentDetail } from '../data/trpc.ts';
import { formatStart } from '../documents/format.ts';
import { asksForPassword } from '../documents/states.ts';
import type { DocumentActions } from '../documents/use-actions.ts';
import { Button } from '../ui/button.tsx';
import { FileButton } from '../upload/file-button.tsx';
import { useUploadList } from '../upload/upload-provider.tsx';
import { adviceFor } from './advice.ts';
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
  if (asksForPassword(document)) return <Locked document={document} />;
  if (document.removed.pages) return <Expired since={document.removed.pages} />;
  switch (document.status) {
    case 'awaiting_upload':
      return <Unfinished document={document} />;
    case 'failed':
      return <Failed document={document} actions={actions} />;
    case 'canceled':
      return (
        <NoticeCard icon={CircleX} tone="text-ink-muted" title="This document was canceled">
          <p className="mt-2 text-ink-muted">Nothing of it had been read yet.</p>
        </NoticeCard>
      );
    case 'queued':
      if (document.startAt) return <Scheduled startAt={document.startAt} />;
      return (
        <NoticeCard icon={Clock} tone="text-ink-muted" title="Waiting for its turn">
          <p className="mt-2 text-ink-muted">Its pages appear here as soon as a worker opens it.</p>
        </NoticeCard>
      );
    default:
      return (
        <NoticeCard icon={FileSearch} tone="text-accent" title="Opening the file">
          <p className="mt-2 text-ink-muted">Its pages are being counted.</p>
        </NoticeCard>
      );
  }
}

function Scheduled({ startAt }: { startAt: string }) {
  return (
    <NoticeCard icon={CalendarClock} tone="text-ink-muted" title="Waiting for its time">
      <p className="mt-2 text-ink-muted">
        The file is here and its reading <time dateTime={startAt}>{formatStart(startAt)}</time>. It
        can be started now instead.
      </p>
    </NoticeCard>
  );
}

function Expired({ since }: { since: string }) {
  const day = new Date(since).toLocaleDateString('en-GB', { dateStyle: 'long' });
  return (
    <NoticeCard icon={CalendarX} tone="text-ink-muted" title="The pages are no longer kept">
      <p className="mt-2 text-ink-muted text-pretty">
        What was read of them was removed on <time dateTime={since}>{day}</time>, when its days were
        over. Upload the file again to read it anew.
      </p>
    </NoticeCard>
  );
}

function Locked({ document }: { document: DocumentDetail }) {
  return (
    <NoticeCard icon={LockKeyhole} tone="text-warn" title="This file is protected">
      <p className="mt-2 text-ink-muted">
        Give its password to go on. It is used to open this file and for nothing else.
      </p>
      <PasswordForm document={document} />
    </NoticeCard>
  );
}

function Unfinished({ document }: { document: DocumentDetail }) {
  const uploading = useUploadList().some(({ documentId }) => documentId === document.id);
  if (uploading) {
    return (
      <NoticeCard icon={CloudUpload} tone="text-accent" title="The file is on its way">
        <p className="mt-2 text-ink-muted">Keep this tab open until it has arrived.</p>
      </NoticeCard>
    );
  }
  return (
    <NoticeCard icon={CloudUpload} tone="text-warn" title="The upload was interrupted">
      <p className="mt-2 mb-6 text-ink-muted text-pretty">
        Drop the same file here again and it goes on where it stopped.
      </p>
      <FileButton />
    </NoticeCard>
  );
}

function Failed({ document, actions }: { document: DocumentDetail; actions: DocumentActions }) {
  const { error } = document;
  if (!error) return null;
  const advice = adviceFor(error.code);
  return (
    <NoticeCard icon={CircleX} tone="text-danger" title="This document could not be read">
      <p className="mt-3">{error.sentence}</p>
      {advice && <p className="mt-1 text-ink-muted">{advice}</p>}
      <p className="mt-4">
        <code className="rounded-md bg-danger-soft px-2 py-1 font-mono text-xs text-danger">
          {error.code}
        </code>
      </p>
      <Button className="mt-6" onClick={actions.retry}>
        <RotateCcw aria-hidden="true" /> Try again
      </Button>
    </NoticeCard>
  );
}
