import { describe, expect, test } from 'vitest';
import { passOn } from './pass-on.ts';

describe('passing an abort on', () => {
  test('takes the reason of the signal that aborts', () => {
    const [one, other, both] = [
      new AbortController(),
      new AbortController(),
      new AbortController(),
    ];
    passOn([one.signal, other.signal], both);
    expect(both.signal.aborted).toBe(false);
    other.abort('the second');
    expect(both.signal.reason).toBe('the second');
  });

  test('aborts at once where a signal has aborted before', () => {
    const controller = new AbortController();
    passOn([new AbortController().signal, AbortSignal.abort('before')], controller);
    expect(controller.signal.reason).toBe('before');
  });

  test('ends when it is told to', () => {
    const [source, controller] = [new AbortController(), new AbortController()];
    const stop = passOn([source.signal], controller);
    stop();
    source.abort();
    expect(controller.signal.aborted).toBe(false);
  });
});
