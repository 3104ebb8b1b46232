/** Keys of messages and what they take are checked by the compiler, after the English ones. */
import type { en } from './messages/en/index.ts';

declare module 'use-intl/core' {
  interface AppConfig {
    Messages: typeof en;
  }
}
