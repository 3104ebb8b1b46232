/** Called once when the web process starts. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const { stopWebOnSignals } = await import('#server/web/lifecycle.ts');
  const { shareLiveStream } = await import('#server/web/shared-handler.ts');
  stopWebOnSignals();
  shareLiveStream(await import('#server/web/live-stream.ts'));
}
