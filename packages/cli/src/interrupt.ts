import { exitStatus } from './failure';

/** npm and npx pass Ctrl-C on to a program that the terminal has already sent it to. */
const sameKeyPress = 300;

/**
 * Ctrl-C in two steps: the first asks the program to finish what it is at, the second ends it at
 * once, after `abandon` has cleaned up.
 */
export class Interrupt {
  private readonly controller = new AbortController();
  private lastSignal = -Infinity;

  private constructor(private readonly abandon: () => void) {}

  /** Listens while `work` runs. */
  static async during<T>(
    abandon: () => void,
    work: (interrupt: Interrupt) => Promise<T>,
  ): Promise<T> {
    const interrupt = new Interrupt(abandon);
    const listener = (): void => interrupt.signalled();
    process.on('SIGINT', listener);
    try {
      return await work(interrupt);
    } finally {
      process.off('SIGINT', listener);
    }
  }

  /** Whether Ctrl-C was pressed. */
  get requested(): boolean {
    return this.controller.signal.aborted;
  }

  /** Calls `listener` at the first Ctrl-C. */
  onRequest(listener: () => void): void {
    this.controller.signal.addEventListener('abort', listener);
  }

  private signalled(): void {
    const now = performance.now();
    const repeated = now - this.lastSignal < sameKeyPress;
    this.lastSignal = now;
    if (repeated) return;
    if (!this.requested) {
      this.controller.abort();
      return;
    }
    this.abandon();
    process.exit(exitStatus.interrupted);
  }
}
