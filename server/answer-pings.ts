/** Lets the supervisor see that this process still works off its events. */
export function answerPings(): void {
  process.on('message', (message) => {
    if (message === 'ping') process.send?.('pong');
  });
}
