/** What brings signals; the process, but for tests. */
export interface SignalSource {
  once(signal: 'SIGINT', listener: () => void): unknown;
  off(signal: 'SIGINT', listener: () => void): unknown;
}

/**
 * Runs a training that the first Ctrl-C stops after the present step; a second one ends the program, as
 * ever: `await stopOnInterrupt((signal) => model.fit(x, y, { signal, callbacks }))`.
 */
export async function stopOnInterrupt<T>(
  training: (signal: AbortSignal) => Promise<T>,
  source: SignalSource = process,
): Promise<T> {
  const controller = new AbortController();
  const stop = (): void => controller.abort();
  source.once('SIGINT', stop);
  try {
    return await training(controller.signal);
  } finally {
    source.off('SIGINT', stop);
  }
}
