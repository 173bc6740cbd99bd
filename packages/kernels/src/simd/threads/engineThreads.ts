import type { KernelCache } from '../kernelCache';
import type { EngineMemory } from '../memory/engineMemory';
import { startNodeWorker, startPageWorker, threadStart, type PageWorker } from './startWorker';
import { Thread, usualPatience, type Patience } from './thread';
import { ThreadPool } from './threadPool';

/** How to begin threads. Tests change more of it than users can. */
export interface Beginning {
  /** See `ThreadOptions`. */
  readonly worker?: (() => PageWorker) | undefined;
  readonly patience?: Partial<Patience>;
  readonly fewestProducts?: number;
}

/** The threads of one engine: none at first, and none again once one has failed. */
export class EngineThreads {
  private pool: ThreadPool | undefined;
  private warned = false;
  /** The last change asked for. They are done one after the other. */
  private change: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly memory: EngineMemory,
    private readonly kernels: KernelCache,
  ) {}

  /** Those that share the work now. */
  get current(): ThreadPool | undefined {
    return this.pool;
  }

  /** Begins or ends threads; see `enableThreads`. */
  enable(count: number, options: Beginning): Promise<number> {
    const changed = this.change.then(() => this.begin(count, options));
    this.change = changed.catch(() => undefined);
    return changed;
  }

  /** Ends all threads. If they have failed, one warning says so. */
  private end(reason?: string): void {
    this.pool?.end();
    this.pool = undefined;
    if (reason === undefined || this.warned) return;
    this.warned = true;
    console.warn(`Gradus computes on one thread from now on, which is slower: ${reason}.`);
  }

  private async begin(count: number, options: Beginning): Promise<number> {
    this.end();
    if (count === 1) return 1;
    if (!this.memory.shared) {
      this.end(
        'this host does not share memory between threads; a page must be cross-origin isolated',
      );
      return 1;
    }
    const started = await Promise.allSettled(
      Array.from({ length: count - 1 }, () => this.startThread(options)),
    );
    const threads = started.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    const failed = started.find((one) => one.status === 'rejected');
    if (failed !== undefined) {
      threads.forEach((thread) => thread.end());
      this.end(`a thread could not begin: ${(failed.reason as Error).message}`);
      return 1;
    }
    const fail = (reason: string): void => this.end(`a thread has failed: ${reason}`);
    this.pool = new ThreadPool(this.kernels, threads, fail, options);
    return this.pool.size;
  }

  private startThread({ worker, patience }: Beginning): Promise<Thread> {
    const start = threadStart(this.memory.wasm);
    const waiting = { ...usualPatience, ...patience };
    return new Promise((resolve, reject) => {
      let thread: Thread | undefined;
      const events = {
        ready: (): void => {
          clearTimeout(limit);
          thread = new Thread(made, start.words, waiting);
          resolve(thread);
        },
        ended: (reason: string): void => {
          clearTimeout(limit);
          reject(new Error(reason));
          if (thread !== undefined && this.pool?.has(thread))
            this.end(`a thread has failed: ${reason}`);
        },
      };
      const made =
        worker === undefined
          ? startNodeWorker(start, events)
          : startPageWorker(start, events, worker);
      // Reads no result off the clock: only how long to wait for one.
      // eslint-disable-next-line no-restricted-globals
      const limit = setTimeout(() => {
        made.terminate();
        reject(new Error('it did not answer'));
      }, waiting.startMilliseconds);
    });
  }
}
