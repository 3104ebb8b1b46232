/**
 * Loaded before a program (`--import`): it tells its parent how many sockets, pipes and processes it
 * holds, when asked. Timers come and go.
 */
const held = () => process.getActiveResourcesInfo().filter((kind) => kind !== 'Timeout').length;

process.on('message', (message) => {
  if (message === 'handles') process.send?.({ handles: held() });
});
