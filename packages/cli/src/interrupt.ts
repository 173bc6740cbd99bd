import { constants } from 'node:os';

/** npm and npx pass Ctrl-C on to a program that the terminal has already sent it to, milliseconds. */
const sameKeyPress = 300;

/** Other ways of being told to end, for which no second one follows. */
const terminations = ['SIGTERM', 'SIGHUP'] as const;

/** What brings signals and ends the program; the process, but for tests. */
export interface InterruptHost {
  on(signal: NodeJS.Signals, listener: () => void): void;
  off(signal: NodeJS.Signals, listener: () => void): void;
  exit(status: number): void;
  /** Milliseconds. */
  now(): number;
}

/**
 * Ctrl-C in two steps: the first asks the program to finish what it is at, the second ends it at
 * once, after `abandon` has cleaned up. So does being terminated or hung up on.
 */
export class Interrupt {
  private readonly controller = new AbortController();
  private lastSignal = -Infinity;

  private constructor(
    private readonly abandon: () => void,
    private readonly host: InterruptHost,
  ) {}

  /** Listens while `work` runs. */
  static async during<T>(
    abandon: () => void,
    work: (interrupt: Interrupt) => Promise<T>,
    host: InterruptHost = processHost,
  ): Promise<T> {
    const interrupt = new Interrupt(abandon, host);
    const listeners: [NodeJS.Signals, () => void][] = [
      ['SIGINT', () => interrupt.pressed()],
      ...terminations.map((signal): [NodeJS.Signals, () => void] => [
        signal,
        () => interrupt.end(signal),
      ]),
    ];
    for (const [signal, listener] of listeners) host.on(signal, listener);
    try {
      return await work(interrupt);
    } finally {
      for (const [signal, listener] of listeners) host.off(signal, listener);
    }
  }

  /** Whether Ctrl-C was pressed. */
  get requested(): boolean {
    return this.controller.signal.aborted;
  }

  /** Aborted at the first Ctrl-C. */
  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** Calls `listener` at the first Ctrl-C. */
  onRequest(listener: () => void): void {
    this.controller.signal.addEventListener('abort', listener);
  }

  private pressed(): void {
    const now = this.host.now();
    const repeated = now - this.lastSignal < sameKeyPress;
    this.lastSignal = now;
    if (repeated) return;
    if (this.requested) this.end('SIGINT');
    else this.controller.abort();
  }

  private end(signal: NodeJS.Signals): void {
    this.abandon();
    // As a shell reports a program that a signal has ended.
    this.host.exit(128 + constants.signals[signal]);
  }
}

const processHost: InterruptHost = {
  on: (signal, listener) => process.on(signal, listener),
  off: (signal, listener) => process.off(signal, listener),
  exit: (status) => process.exit(status),
  now: () => performance.now(),
};
