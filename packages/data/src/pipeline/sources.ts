import { OptionError, Tensor } from '@gradus/tensor';
import { inWords } from './structures';

/** What can be walked again and again. */
export type AnyIterable<T> = Iterable<T> | AsyncIterable<T>;

/**
 * Checks that a source can be walked, and walked again.
 * @throws OptionError if it is no iterable, or can be walked only once.
 */
export function checkIterable(op: string, source: unknown): void {
  if (typeof source === 'function') {
    throw refused(op, 'a function', 'Functions are for Dataset.fromGenerator.');
  }
  if (!isIterable(source) || typeof source === 'string') {
    const hint = 'Tensors are for Dataset.fromTensorSlices.';
    throw refused(op, inWords(source), source instanceof Tensor ? hint : undefined);
  }
  if ('next' in source) {
    const hint = 'Give the function that starts it to Dataset.fromGenerator.';
    throw refused(op, 'an iterator, which runs only once', hint);
  }
}

/** Walks an iterable, synchronous or not. A rejected promise among its elements closes it, too. */
export async function* iterableElements<T>(
  source: AnyIterable<T>,
): AsyncGenerator<T, void, undefined> {
  if (Symbol.asyncIterator in source) for await (const element of source) yield element;
  else for (const element of source) yield element;
}

/** Starts a generator when the pass starts. */
export async function* generatorElements<T>(
  start: () => AnyIterable<T> | Promise<AnyIterable<T>>,
): AsyncGenerator<T, void, undefined> {
  const started: unknown = await start();
  if (!isIterable(started) || typeof started === 'string') {
    throw new OptionError({
      op: 'fromGenerator',
      expected: 'a function that returns an iterable or starts a generator',
      received: `one that returns ${inWords(started)}`,
    });
  }
  yield* iterableElements(started as AnyIterable<T>);
}

function isIterable(source: unknown): source is AnyIterable<unknown> {
  if (source === undefined || source === null) return false;
  const candidate = source as Partial<AsyncIterable<unknown> & Iterable<unknown>>;
  return (
    typeof candidate[Symbol.asyncIterator] === 'function' ||
    typeof candidate[Symbol.iterator] === 'function'
  );
}

function refused(op: string, received: string, hint?: string): OptionError {
  return new OptionError({
    op,
    expected: 'an iterable that can be walked again and again, such as a list',
    received,
    hint,
  });
}
