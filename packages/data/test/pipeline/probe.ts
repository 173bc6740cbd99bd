/** A source that tells what was done with it, and checks that it is used as iterators are. */
export class Probe {
  /** How often it was started and closed. */
  started = 0;
  closed = 0;
  /** How many elements were asked for in all. */
  asked = 0;
  private busy = false;

  /**
   * @param size how many elements it has: 0, 1, 2 and so on.
   * @param failsAt instead of this element, it fails.
   */
  constructor(
    private readonly size: number,
    private readonly failsAt = Infinity,
  ) {}

  [Symbol.asyncIterator](): AsyncIterator<number, void, undefined> {
    this.started += 1;
    let next = 0;
    return {
      next: async () => {
        if (this.busy) throw new Error('asked for two elements at once');
        this.busy = true;
        this.asked += 1;
        await turn();
        this.busy = false;
        if (next === this.failsAt) throw new Error(`no element ${next}`);
        return next < this.size ? { value: next++ } : { done: true, value: undefined };
      },
      return: async () => {
        if (this.busy) throw new Error('closed while it was read');
        await turn();
        this.closed += 1;
        return { done: true, value: undefined };
      },
    };
  }
}

/** Lets everything that can go on go on. */
export function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Walks a dataset as far as `count` elements; what is read ahead meanwhile can go on. */
export async function walk<T>(elements: AsyncIterable<T>, count = Infinity): Promise<T[]> {
  const seen: T[] = [];
  if (count === 0) return seen;
  for await (const element of elements) {
    seen.push(element);
    for (let i = 0; i < 20; i++) await turn();
    if (seen.length === count) break;
  }
  return seen;
}

/** Later for even numbers than for odd ones, so that results overtake each other. */
export async function slowly<T>(value: T): Promise<T> {
  for (let i = Number(value) % 2 === 0 ? 5 : 0; i > 0; i--) await Promise.resolve();
  return value;
}
