import type { ComputeShare, KernelContext, Share, Threads } from '../context';
import type { KernelCache } from '../kernelCache';
import { CallList } from './callList';
import { usualPatience, type Outcome, type Patience, type Thread } from './thread';

/**
 * Products of numbers that a share has at least: about 50 microseconds of work, twice what it costs to
 * hand it over.
 */
const usualFewest = 1_000_000;

/** What tests change. */
export interface PoolOptions {
  readonly fewestProducts?: number;
  readonly patience?: Partial<Patience>;
}

/** A thread began with its share and does not answer. It may still be writing. */
export class ThreadLost extends Error {
  override readonly name = 'ThreadLost';
}

/** A thread and the calls that are written down for it. */
interface Helper {
  readonly thread: Thread;
  readonly calls: CallList;
}

/** The threads of an engine. The caller is one of them. */
export class ThreadPool implements Threads {
  private readonly helpers: readonly Helper[];
  private readonly fewest: number;
  private readonly mostMissed: number;
  /** Shares in a row that no thread began with. */
  private missed = 0;

  /** @param fail is called when a thread fails; then the pool is not used again. */
  constructor(
    kernels: KernelCache,
    threads: readonly Thread[],
    private readonly fail: (reason: string) => void,
    { fewestProducts = usualFewest, patience }: PoolOptions = {},
  ) {
    this.fewest = fewestProducts;
    this.mostMissed = patience?.misses ?? usualPatience.misses;
    this.helpers = threads.map((thread) => ({ thread, calls: new CallList(kernels) }));
  }

  /** How many threads there are. */
  get size(): number {
    return this.helpers.length + 1;
  }

  /** Whether a thread is one of them. */
  has(one: Thread): boolean {
    return this.helpers.some(({ thread }) => thread === one);
  }

  mostShares(products: number): number {
    return Math.min(this.size, Math.floor(products / this.fewest));
  }

  compute<T>(context: KernelContext, shares: readonly Share[], compute: ComputeShare<T>): T[] {
    const [own, ...others] = shares;
    const helpers = this.helpers.slice(0, others.length);
    const results = helpers.map(({ calls }, i) => {
      calls.begin(context.work);
      const work = context.work.withKernels(calls);
      return compute({ kernels: calls, work }, others[i]!);
    });
    const lists = helpers.map(({ calls }) => calls.write());
    helpers.forEach(({ thread }, i) => thread.post(lists[i]!));
    let ownResult: T;
    let outcomes: Outcome[];
    try {
      ownResult = compute(context, own!);
    } finally {
      // Whatever happens here, what the threads write to must not be given back before they have ended.
      outcomes = helpers.map(({ thread }) => thread.join());
      this.consider(outcomes, helpers);
    }
    return [
      ownResult,
      ...results.map((result, i) =>
        outcomes[i] === 'done' ? result : compute(context, others[i]!),
      ),
    ];
  }

  /** Ends all threads. */
  end(): void {
    for (const { thread } of this.helpers) thread.end();
  }

  private consider(outcomes: readonly Outcome[], helpers: readonly Helper[]): void {
    outcomes.forEach((outcome, i) => {
      if (outcome === 'done') helpers[i]!.calls.accept();
    });
    const missed = outcomes.includes('untouched') && !outcomes.includes('done');
    this.missed = missed ? this.missed + 1 : 0;
    if (this.missed === this.mostMissed) this.fail('none began its work in time');
    if (outcomes.includes('lost')) {
      this.fail('it did not answer');
      throw new ThreadLost();
    }
    if (outcomes.includes('failed')) this.fail('it met with an error');
  }
}
