'use client';

import { Dialog } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import { useTranslations } from 'use-intl/react';
import { Button } from '../ui/button.tsx';

type Named = 'escape' | 'shift' | 'enter' | 'tab';

/** Keys by what stands on them, or by name where that differs between languages. */
const GROUPS = [
  { name: 'pages', shortcuts: { turn: ['←', '→'], escape: ['escape'], help: ['?'] } },
  { name: 'picture', shortcuts: { zoom: ['+', '−'], width: ['W'], page: ['0'], turn: ['R'] } },
  {
    name: 'words',
    shortcuts: {
      next: ['N'],
      previous: ['shift', 'N'],
      step: ['[', ']'],
      correct: ['enter'],
      line: ['L'],
      accept: ['A'],
    },
  },
  { name: 'correcting', shortcuts: { save: ['enter'], next: ['tab'], leave: ['escape'] } },
] as const;

/** Every key that does something on an open page. */
export function HelpSheet({ open, onClose }: { open: boolean; onClose: () => void }) {
  const t = useTranslations('page');
  const common = useTranslations('common');
  return (
    <Dialog.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-black/30 transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <Dialog.Popup className="fixed top-1/2 left-1/2 z-50 max-h-[85dvh] w-[min(44rem,calc(100vw-2rem))] -translate-1/2 overflow-y-auto rounded-2xl bg-surface p-6 text-ink shadow-pop outline-hidden">
          <div className="mb-4 flex items-center justify-between">
            <Dialog.Title className="font-serif text-xl font-medium">
              {t('toolbar.help')}
            </Dialog.Title>
            <Dialog.Close
              render={<Button variant="ghost" size="icon" aria-label={common('close')} />}
            >
              <X />
            </Dialog.Close>
          </div>
          <div className="grid gap-x-10 gap-y-6 sm:grid-cols-2">
            {GROUPS.map((group) => (
              <Group key={group.name} {...group} />
            ))}
          </div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Group({ name, shortcuts }: { name: (typeof GROUPS)[number]['name']; shortcuts: object }) {
  const t = useTranslations('page.help');
  return (
    <section>
      <h3 className="mb-2 text-[13px] font-medium text-ink-muted">{t(`${name}.title`)}</h3>
      <dl className="space-y-2 text-sm">
        {Object.entries(shortcuts as Record<string, string[]>).map(([what, keys]) => (
          <div key={what} className="flex items-baseline justify-between gap-4">
            <dt>{t(`${name}.${what}` as 'words.next')}</dt>
            <dd className="flex shrink-0 gap-1">
              {keys.map((key) => (
                <kbd
                  key={key}
                  className="min-w-6 rounded-md bg-sunken px-1.5 py-0.5 text-center font-sans text-xs shadow-[0_0_0_1px_var(--line-strong)]"
                >
                  {key.length > 1 ? t(`keys.${key as Named}`) : key}
                </kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
