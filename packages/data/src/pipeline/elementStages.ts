import type { Random } from '@gradus/tensor';
import { ShuffleBuffer } from './shuffleBuffer';
import { stack } from './stack';
import type { Batched } from './structures';

/*
 * The stages of a pipeline: each reads its source only when it is asked for an element, and no
 * further than it must. `for await` closes the source when a stage is left early or fails.
 */

/** A stream of elements that starts when the first one is asked for. */
export type Stage<T> = AsyncGenerator<T, void, undefined>;

/** The elements of a pass through a dataset: each pass has a name, by which shuffling differs. */
export type Elements<T> = (pass: string) => Stage<T>;

/** How elements are put in batches. */
export interface Batching {
  readonly size: number;
  /** Whether to leave out a last batch that is smaller. */
  readonly dropRemainder: boolean;
}

export async function* mapElements<T, U>(
  source: AsyncIterable<T>,
  f: (element: T) => U | Promise<U>,
): Stage<U> {
  for await (const element of source) yield f(element);
}

export async function* filterElements<T>(
  source: AsyncIterable<T>,
  keep: (element: T) => boolean | Promise<boolean>,
): Stage<T> {
  for await (const element of source) {
    if (await keep(element)) yield element;
  }
}

/** The source is not read beyond the last one that is taken. */
export async function* takeElements<T>(source: AsyncIterable<T>, count: number): Stage<T> {
  if (count === 0) return;
  let left = count;
  for await (const element of source) {
    yield element;
    if (--left === 0) return;
  }
}

export async function* skipElements<T>(source: AsyncIterable<T>, count: number): Stage<T> {
  let left = count;
  for await (const element of source) {
    if (left > 0) left--;
    else yield element;
  }
}

/** Each time is a pass of its own. What has no elements ends, even if it is repeated for ever. */
export async function* repeatElements<T>(
  elements: Elements<T>,
  count: number,
  pass: string,
): Stage<T> {
  for (let time = 0; time < count; time++) {
    let empty = true;
    for await (const element of elements(`${pass}/${time}`)) {
      empty = false;
      yield element;
    }
    if (empty) return;
  }
}

export async function* concatenateElements<T>(
  first: AsyncIterable<T>,
  second: AsyncIterable<T>,
): Stage<T> {
  for await (const element of first) yield element;
  for await (const element of second) yield element;
}

export async function* shuffleElements<T>(
  source: AsyncIterable<T>,
  bufferSize: number,
  random: Random,
): Stage<T> {
  const buffer = new ShuffleBuffer<T>(bufferSize, random);
  for await (const element of source) {
    if (buffer.isFull) yield buffer.exchange(element);
    else buffer.add(element);
  }
  yield* buffer.rest();
}

export async function* batchElements<T>(
  source: AsyncIterable<T>,
  { size, dropRemainder }: Batching,
): Stage<Batched<T>> {
  let elements: T[] = [];
  for await (const element of source) {
    if (elements.push(element) < size) continue;
    yield stack(elements);
    elements = [];
  }
  if (elements.length > 0 && !dropRemainder) yield stack(elements);
}
