import { constants } from 'node:os';

/** Cleans up and ends the program when it is interrupted, terminated or hung up on. */
export function endOnSignals(cleanUp: () => void): void {
  // Not `once`: npm and the shell may both send it, and the second would end this before it has cleaned up.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      cleanUp();
      // As a shell reports a program that a signal has ended.
      process.exit(128 + constants.signals[signal]);
    });
  }
}
