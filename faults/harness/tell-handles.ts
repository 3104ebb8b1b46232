/** Loaded before a program (`--import`): it tells its parent what keeps it alive, when asked. */
process.on('message', (message) => {
  if (message === 'handles') process.send?.({ handles: process.getActiveResourcesInfo().length });
});
