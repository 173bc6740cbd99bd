/**
 * Lets the event loop take its next turn, so that timers, signals and a page's events come through
 * during training. Where setImmediate is missing, a message to oneself is the quickest way: browsers
 * hold timers back by milliseconds.
 */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    if (typeof setImmediate === 'function') {
      setImmediate(resolve);
      return;
    }
    const { port1, port2 } = new MessageChannel();
    port1.addEventListener('message', () => {
      port1.close();
      resolve();
    });
    port1.start();
    port2.postMessage(undefined);
  });
}
