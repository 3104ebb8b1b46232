'use client';

import { FilePlus2 } from 'lucide-react';
import { useRef } from 'react';
import { useTranslations } from 'use-intl/react';
import { Button } from '../ui/button.tsx';
import { ACCEPT } from './files.ts';
import { useUploads } from './upload-provider.tsx';

/** Opens the file dialog. */
export function FileButton() {
  const t = useTranslations('upload');
  const { add } = useUploads();
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button variant="primary" onClick={() => input.current?.click()}>
        <FilePlus2 aria-hidden="true" />
        {t('choose')}
      </Button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        accept={ACCEPT}
        aria-label={t('files')}
        onChange={(event) => {
          add([...(event.target.files ?? [])]);
          event.target.value = '';
        }}
      />
    </>
  );
}
