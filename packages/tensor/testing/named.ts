/** Runs a check and gives what it gives; if it throws, the error says what was checked. */
export function named<T>(what: string, check: () => T): T {
  try {
    return check();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new Error(`${what}: ${message}`, { cause: error });
  }
}
