'use client';

import { CircleStop, Ellipsis, FileText, Play, RotateCcw, SquareCheck, Trash2 } from 'lucide-react';
import { OUTPUTS } from '#server/documents/formats.ts';
import type { DocumentSummary } from '../data/trpc.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { Menu, MenuItem, MenuSeparator } from '../ui/menu.tsx';
import { FormatIcon } from './format-icon.tsx';
import { nameOf } from './name.ts';
import { canRetry, hasOutputs, isUnderWay } from './states.ts';
import { useDocumentActions } from './use-actions.ts';
import { useRemoval } from './use-removal.ts';

/** The first thing one would do with the document, and a menu of the rest. */
export function RowActions({
  document,
  onSelect,
}: {
  document: DocumentSummary;
  onSelect: (id: string, range: boolean) => void;
}) {
  const actions = useDocumentActions(document.id);
  const remove = useRemoval();
  const done = hasOutputs(document.status);
  const running = isUnderWay(document.status);
  return (
    <div className="relative z-10 flex items-center justify-end">
      <span className="hidden sm:contents">
        {done && (
          <IconButton label="Download text" onClick={() => actions.download({ format: 'txt' })}>
            <FileText />
          </IconButton>
        )}
        {running && (
          <IconButton label="Cancel" onClick={actions.cancel}>
            <CircleStop />
          </IconButton>
        )}
        {!done && canRetry(document) && (
          <IconButton label="Try again" onClick={actions.retry}>
            <RotateCcw />
          </IconButton>
        )}
      </span>
      <Menu
        trigger={
          <IconButton label={`More actions for ${nameOf(document)}`}>
            <Ellipsis />
          </IconButton>
        }
      >
        {done &&
          document.options.formats.map((format) => (
            <MenuItem key={format} onClick={() => actions.download({ format })}>
              <FormatIcon format={format} /> Download {OUTPUTS[format].name}
            </MenuItem>
          ))}
        {document.startAt && (
          <MenuItem onClick={actions.startNow}>
            <Play aria-hidden="true" /> Start now
          </MenuItem>
        )}
        {running && (
          <MenuItem onClick={actions.cancel}>
            <CircleStop aria-hidden="true" /> Cancel
          </MenuItem>
        )}
        {canRetry(document) && (
          <MenuItem onClick={actions.retry}>
            <RotateCcw aria-hidden="true" /> {done ? 'Read failed pages again' : 'Try again'}
          </MenuItem>
        )}
        <MenuItem onClick={() => onSelect(document.id, false)}>
          <SquareCheck aria-hidden="true" /> Select
        </MenuItem>
        <MenuSeparator />
        <MenuItem danger onClick={() => remove(document)}>
          <Trash2 aria-hidden="true" /> Delete
        </MenuItem>
      </Menu>
    </div>
  );
}
