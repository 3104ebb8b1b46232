'use client';

import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { type DocumentDetail, useTRPC, useTRPCClient } from '../data/trpc.ts';
import { useServerWords } from '../i18n/i18n-provider.tsx';
import { applyDocuments } from '../live/apply-update.ts';
import { Button } from '../ui/button.tsx';

/** Asks for the password of a protected file. It is sent once and kept nowhere on this side. */
export function PasswordForm({ document }: { document: DocumentDetail }) {
  const t = useTranslations('viewer.notices.locked');
  const words = useServerWords();
  const field = useId();
  const queryClient = useQueryClient();
  const trpc = useTRPC();
  const client = useTRPCClient();
  const [sending, setSending] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const wrong = document.error?.code === 'PASSWORD_WRONG';
  const problem = failure ?? (document.error && wrong ? words.failure(document.error) : undefined);

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const password = new FormData(form).get('password');
    if (typeof password !== 'string' || password === '') return;
    setSending(true);
    setFailure(null);
    try {
      const view = await client.documents.unlock.mutate({ documentId: document.id, password });
      form.reset();
      applyDocuments({ queryClient, trpc }, [view], []);
    } catch (error) {
      setFailure(words.thrown(error));
    } finally {
      setSending(false);
    }
  };
  return (
    <form onSubmit={submit} className="mt-6 text-left">
      <label htmlFor={field} className="text-sm font-medium">
        {t('password')}
      </label>
      <div className="mt-1.5 flex gap-2">
        <input
          id={field}
          name="password"
          type="password"
          required
          maxLength={1024}
          autoComplete="off"
          aria-invalid={problem ? true : undefined}
          aria-describedby={`${field}-problem`}
          className="h-9 min-w-0 flex-1 rounded-lg bg-canvas px-3 shadow-[inset_0_0_0_1px_var(--line-strong)] aria-invalid:shadow-[inset_0_0_0_1px_var(--danger)]"
        />
        <Button type="submit" variant="primary" disabled={sending} focusableWhenDisabled>
          {sending ? t('opening') : t('open')}
        </Button>
      </div>
      <p
        id={`${field}-problem`}
        aria-live="polite"
        className="mt-2 min-h-5 text-[13px] text-danger"
      >
        {problem}
      </p>
    </form>
  );
}
