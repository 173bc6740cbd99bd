/** Runs `f`, and returns the failures of promises that nobody handled, which would end a program. */
export async function unhandledRejections(f: () => void): Promise<unknown[]> {
  const found: unknown[] = [];
  const listener = (reason: unknown): void => void found.push(reason);
  process.on('unhandledRejection', listener);
  try {
    f();
    // Node reports them once the microtasks are done.
    await new Promise((resolve) => setImmediate(resolve));
  } finally {
    process.off('unhandledRejection', listener);
  }
  return found;
}
