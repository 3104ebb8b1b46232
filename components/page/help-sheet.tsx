'use client';

import { Dialog } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import { Button } from '../ui/button.tsx';

interface Shortcut {
  keys: string[];
  what: string;
}

const GROUPS: { title: string; shortcuts: Shortcut[] }[] = [
  {
    title: 'Pages',
    shortcuts: [
      { keys: ['←', '→'], what: 'Previous and next page' },
      { keys: ['Esc'], what: 'Let go of the word, then close the page' },
      { keys: ['?'], what: 'This list' },
    ],
  },
  {
    title: 'Picture',
    shortcuts: [
      { keys: ['+', '−'], what: 'Zoom in and out, also by pinching or Ctrl and the wheel' },
      { keys: ['W'], what: 'Fit the width' },
      { keys: ['0'], what: 'Fit the page' },
      { keys: ['R'], what: 'Turn the view' },
    ],
  },
  {
    title: 'Words',
    shortcuts: [
      { keys: ['N'], what: 'Next doubtful word' },
      { keys: ['Shift', 'N'], what: 'Doubtful word before' },
      { keys: ['[', ']'], what: 'Word before and after' },
      { keys: ['Enter'], what: 'Correct the word' },
      { keys: ['L'], what: 'Correct the whole line' },
      { keys: ['A'], what: 'The word is right' },
    ],
  },
  {
    title: 'While correcting',
    shortcuts: [
      { keys: ['Enter'], what: 'Save' },
      { keys: ['Tab'], what: 'Save, and on to the next doubtful word' },
      { keys: ['Esc'], what: 'Leave it as it was' },
    ],
  },
];

/** Every key that does something on an open page. */
export function HelpSheet({ open, onClose }: { open: boolean; onClose: () => void }) {
  return (
    <Dialog.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-black/30 transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <Dialog.Popup className="fixed top-1/2 left-1/2 z-50 max-h-[85dvh] w-[min(44rem,calc(100vw-2rem))] -translate-1/2 overflow-y-auto rounded-2xl bg-surface p-6 text-ink shadow-pop outline-hidden">
          <div className="mb-4 flex items-center justify-between">
            <Dialog.Title className="font-serif text-xl font-medium">
              Keyboard shortcuts
            </Dialog.Title>
            <Dialog.Close render={<Button variant="ghost" size="icon" aria-label="Close" />}>
              <X />
            </Dialog.Close>
          </div>
          <div className="grid gap-x-10 gap-y-6 sm:grid-cols-2">
            {GROUPS.map(({ title, shortcuts }) => (
              <section key={title}>
                <h3 className="mb-2 text-[13px] font-medium text-ink-muted">{title}</h3>
                <dl className="space-y-2 text-sm">
                  {shortcuts.map(({ keys, what }) => (
                    <div key={what} className="flex items-baseline justify-between gap-4">
                      <dt>{what}</dt>
                      <dd className="flex shrink-0 gap-1">
                        {keys.map((key) => (
                          <kbd
                            key={key}
                            className="min-w-6 rounded-md bg-sunken px-1.5 py-0.5 text-center font-sans text-xs shadow-[0_0_0_1px_var(--line-strong)]"
                          >
                            {key}
                          </kbd>
                        ))}
                      </dd>
                    </div>
                  ))}
                </dl>
              </section>
            ))}
          </div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
