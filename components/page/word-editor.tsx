'use client';

import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl/react';

/** Where a word or a line is corrected, in its place. */
export function WordEditor({
  text,
  line = false,
  onSave,
  onLeave,
  onCancel,
  onNext,
}: {
  text: string;
  line?: boolean;
  onSave: (text: string) => void;
  /** What was typed and not saved when the page is left or changes. */
  onLeave: (text: string) => void;
  onCancel: () => void;
  /** After saving what has changed: to the next doubtful word, or the one before. */
  onNext: (step: 1 | -1) => void;
}) {
  const t = useTranslations('page.word');
  const [typed, setTyped] = useState(text);
  const done = useRef(false);
  const finish = (work: () => void) => {
    if (done.current) return;
    done.current = true;
    work();
  };
  const changed = typed.trim() !== text;
  const saveChange = () => {
    if (changed) onSave(typed);
  };
  const leave = useRef<() => void>(() => undefined);
  leave.current = () => {
    if (changed) finish(() => onLeave(typed));
  };
  useEffect(() => () => leave.current(), []);
  const saveAndGoOn = (step: 1 | -1) => {
    saveChange();
    onNext(step);
  };
  const workOf = ({ key, shiftKey }: KeyboardEvent): (() => void) | undefined => {
    if (key === 'Enter') return () => onSave(typed);
    if (key === 'Escape') return onCancel;
    if (key === 'Tab') return () => saveAndGoOn(shiftKey ? -1 : 1);
    return undefined;
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.nativeEvent.isComposing) return;
    const work = workOf(event);
    if (!work) return;
    event.preventDefault();
    event.stopPropagation();
    const panel = event.currentTarget.closest<HTMLElement>('[role="tabpanel"]');
    finish(work);
    // Until the next editor takes the focus, if there is one: this one is about to go with it.
    panel?.focus({ preventScroll: true });
  };
  return (
    <input
      // biome-ignore lint/a11y/noAutofocus: it stands where the person has just pressed Enter or clicked
      autoFocus
      dir="auto"
      value={typed}
      maxLength={2_000}
      spellCheck={false}
      autoComplete="off"
      autoCapitalize="off"
      aria-label={line ? t('lineField') : t('field')}
      className={`rounded-[3px] bg-surface px-0.5 font-serif text-ink outline-2 outline-accent [field-sizing:content] ${line ? 'w-full' : 'max-w-full min-w-8'}`}
      onFocus={({ target }) => target.select()}
      onChange={({ target }) => setTyped(target.value)}
      onKeyDown={onKeyDown}
      onBlur={() =>
        finish(() => {
          saveChange();
          onCancel();
        })
      }
    />
  );
}
