import type { IncomingMessage, ServerResponse } from 'node:http';

/** What answers live streams before Next sees them. */
export interface LiveStreamHandler {
  isLiveStream(request: IncomingMessage): boolean;
  serveLiveStream(request: IncomingMessage, response: ServerResponse): Promise<void>;
}

const SLOT = Symbol.for('fanfold.live-stream');
const holder = globalThis as { [SLOT]?: LiveStreamHandler };

/** The application is bundled by Next, and the server in front of it is not: they meet in the global object. */
export function shareLiveStream(handler: LiveStreamHandler): void {
  holder[SLOT] = handler;
}

/** Undefined until the application has started, which it does with its first request. */
export function sharedLiveStream(): LiveStreamHandler | undefined {
  return holder[SLOT];
}
