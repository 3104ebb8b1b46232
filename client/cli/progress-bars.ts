import type { Writable } from 'node:stream';
import { MultiBar, Presets } from 'cli-progress';
import type { ProgressView } from './progress.ts';

/** Characters of a file's name that are shown. */
const NAME = 24;

/** One bar a file. */
export function createBars(stream: Writable): ProgressView {
  const bars = new MultiBar(
    {
      stream,
      format: '{name} {bar} {percentage}% {text}',
      barsize: 16,
      hideCursor: true,
      gracefulExit: false,
      emptyOnZero: true,
      autopadding: true,
      linewrap: true,
    },
    Presets.shades_classic,
  );
  return {
    file(name) {
      const payload = { name: shorten(name), text: '' };
      const bar = bars.create(1, 0, payload);
      return {
        update({ phase, done, total, detail }) {
          bar.setTotal(Math.max(total, 1));
          bar.update(done, { ...payload, text: [phase, detail].filter(Boolean).join(', ') });
        },
        end(outcome) {
          bar.update({ ...payload, text: outcome });
          bar.stop();
        },
      };
    },
    stop: () => bars.stop(),
  };
}

function shorten(name: string): string {
  const shown = name.length > NAME ? `…${name.slice(-(NAME - 1))}` : name;
  return shown.padEnd(NAME);
}
