import type { ThreadWorker } from './startWorker';
import { places, states } from './runThread';

/** Where a list of calls lies. */
interface Calls {
  readonly address: number;
  readonly length: number;
}

/** How long the engine waits for a thread. */
export interface Patience {
  /** Looks at a thread before going to sleep: some 50 microseconds. */
  readonly looks: number;
  /** Milliseconds without progress until a thread counts as lost. */
  readonly milliseconds: number;
  /** The same in looks, where the host does not let the engine sleep. */
  readonly looksWithoutSleep: number;
  /** Milliseconds until it must have begun to serve. */
  readonly startMilliseconds: number;
  /** Works in a row of which no thread began its share in time; on a busy machine that happens. */
  readonly misses: number;
}

export const usualPatience: Patience = {
  looks: 4000,
  milliseconds: 5000,
  looksWithoutSleep: 1e9,
  startMilliseconds: 20_000,
  misses: 1000,
};

/**
 * What became of a list of calls: `untouched` if the thread has not begun and never will, `failed` if it
 * has stopped at an error, `lost` if it began and does not answer, so that it may still be writing.
 */
export type Outcome = 'done' | 'untouched' | 'failed' | 'lost';

/** A thread as the engine sees it. */
export class Thread {
  constructor(
    private readonly worker: ThreadWorker,
    private readonly words: Int32Array<SharedArrayBuffer>,
    private readonly patience: Patience,
  ) {}

  /** Has calls made. */
  post({ address, length }: Calls): void {
    const { words } = this;
    Atomics.store(words, places.address, address | 0);
    Atomics.store(words, places.length, length);
    Atomics.store(words, places.state, states.posted);
    Atomics.notify(words, places.state);
  }

  /** Waits for the calls to be made, unless the thread is late to begin: then it shall not. */
  join(): Outcome {
    const { words } = this;
    for (let looks = this.patience.looks; looks > 0; looks--) {
      if (Atomics.load(words, places.state) >= states.done) break;
    }
    const state = Atomics.compareExchange(words, places.state, states.posted, states.cancelled);
    if (state === states.posted) return 'untouched';
    return this.awaitEnd();
  }

  /** Ends the thread. */
  end(): void {
    this.worker.terminate();
  }

  private awaitEnd(): Outcome {
    const { words } = this;
    let progress: number;
    do {
      progress = Atomics.load(words, places.progress);
      this.sleep();
      const state = Atomics.load(words, places.state);
      if (state === states.done) return 'done';
      if (state === states.failed) return 'failed';
    } while (Atomics.load(words, places.progress) !== progress);
    const state = Atomics.compareExchange(words, places.state, states.taken, states.cancelled);
    return state === states.done ? 'done' : state === states.failed ? 'failed' : 'lost';
  }

  /** Until the calls are made, or patience ends. */
  private sleep(): void {
    const { words, patience } = this;
    try {
      Atomics.wait(words, places.state, states.taken, patience.milliseconds);
    } catch {
      // The main thread of a page must not sleep.
      for (let looks = patience.looksWithoutSleep; looks > 0; looks--) {
        if (Atomics.load(words, places.state) !== states.taken) return;
      }
    }
  }
}
