import { FanfoldArt } from '../brand/fanfold-art.tsx';
import { EnginePicker } from '../upload/engine-picker.tsx';
import { FileButton } from '../upload/file-button.tsx';
import { LanguagePicker } from '../upload/language-picker.tsx';
import { OptionsButton } from '../upload/options-panel.tsx';

/** What someone sees who has no documents yet. */
export function FirstDrop() {
  return (
    <div className="mx-auto flex w-full max-w-3xl animate-enter flex-col items-center px-6 pt-10 pb-16 text-center sm:pt-16">
      <FanfoldArt className="w-64 sm:w-80" />
      <h1 className="mt-10 font-serif text-4xl leading-[1.1] font-medium tracking-tight text-balance sm:text-[3.25rem]">
        Drop a document. Watch it being read.
      </h1>
      <p className="mt-5 max-w-xl text-ink-muted text-pretty sm:text-lg">
        Every page is fanned out, read, and folded back into text you can trust, with a place and a
        confidence for every word.
      </p>
      <div className="mt-8 flex flex-wrap justify-center gap-2.5">
        <FileButton />
        <LanguagePicker />
        <EnginePicker />
        <OptionsButton />
      </div>
      <p className="mt-6 text-[13px] text-ink-muted">
        PDF, PNG, JPEG, WebP or TIFF.
        <span className="pointer-coarse:hidden"> Drop it anywhere, or paste with </span>
        <kbd className="pointer-coarse:hidden rounded border border-line-strong bg-surface px-1.5 py-0.5 font-sans text-xs">
          Ctrl V
        </kbd>
      </p>
    </div>
  );
}
