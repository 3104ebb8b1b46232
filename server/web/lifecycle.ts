import { answerPings } from '../supervised.ts';
import { getWebServices } from './services.ts';

/** Milliseconds that open requests may take once the process is asked to stop. */
const STOP = 10_000;

/** Ends open streams, which would otherwise be waited for. */
export function stopWebOnSignals(): void {
  answerPings();
  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(1), STOP).unref();
    const services = await getWebServices().catch(() => undefined);
    await services?.stop();
    process.exit(0);
  };
  for (const event of ['SIGTERM', 'SIGINT', 'disconnect'] as const) process.on(event, stop);
}
