import type { Stage } from './elementStages';

/**
 * The elements of a source, each passed through `f`, in the source's order. While the consumer is
 * busy with one, up to `count` further ones are read and passed through `f`, side by side.
 *
 * The source is asked for one element after the other, never for two at once. An error comes to the
 * consumer in its turn, after the elements before it. When the consumer leaves, no further element
 * is read, what is under way comes to its end, and the source is closed: nothing goes on behind the
 * back of whoever has left the loop.
 */
export async function* readAhead<T, U>(
  source: Stage<T>,
  count: number,
  f: (element: T) => U | Promise<U>,
): Stage<U> {
  const reader = new Reader(source);
  const underWay: Promise<IteratorResult<U, undefined>>[] = [];
  const start = (): void => {
    const result = reader
      .read()
      .then(async (next) => (next.done === true ? end : { value: await f(next.value) }));
    // It is looked at when its turn comes; until then, a failure is not unhandled.
    result.catch(() => undefined);
    underWay.push(result);
  };
  let failed = false;
  try {
    for (;;) {
      while (underWay.length <= count) start();
      const next = await underWay.shift()!;
      if (next.done === true) return;
      yield next.value;
    }
  } catch (error) {
    failed = true;
    throw error;
  } finally {
    const closing = reader.close();
    await Promise.allSettled([...underWay, closing]);
    // As in `for await`, an error while closing does not take the place of the one that came first.
    if (!failed) await closing;
  }
}

const end = { done: true, value: undefined } as const;

/** Asks a stream for one element after the other, however many are wanted. */
class Reader<T> {
  private last: Promise<unknown> = Promise.resolve();
  private closed = false;

  constructor(private readonly source: Stage<T>) {}

  read(): Promise<IteratorResult<T, void>> {
    const next = this.last.then(() => (this.closed ? end : this.source.next()));
    this.last = next.catch(() => undefined);
    return next;
  }

  /** What is being read comes to its end; what waits for its turn is not read any more. */
  async close(): Promise<void> {
    this.closed = true;
    await this.last;
    await this.source.return();
  }
}
