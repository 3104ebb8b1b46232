/** Lets the supervisor see that this process still works off its events. */
export function answerPings(): void {
  process.on('message', (message) => {
    if (message === 'ping') process.send?.('pong');
  });
}

/** Tells the supervisor, where there is one, that this process does its work now. */
export function tellReady(): void {
  process.send?.('ready');
}
