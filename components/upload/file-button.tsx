'use client';

import { FilePlus2 } from 'lucide-react';
import { useRef } from 'react';
import { Button } from '../ui/button.tsx';
import { ACCEPT } from './files.ts';
import { useUploads } from './upload-provider.tsx';

/** Opens the file dialog. */
export function FileButton() {
  const { add } = useUploads();
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button variant="primary" onClick={() => input.current?.click()}>
        <FilePlus2 aria-hidden="true" />
        Choose files
      </Button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        accept={ACCEPT}
        aria-label="Files to read"
        onChange={(event) => {
          add([...(event.target.files ?? [])]);
          event.target.value = '';
        }}
      />
    </>
  );
}
