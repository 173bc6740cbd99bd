import { OptionError, Random } from '@gradus/tensor';
import { checkFlags, checkFunctions, checkWhole, optionsOf } from '@gradus/tensor/options';
import { checkHoldsAll } from './checkHoldsAll';
import * as stages from './elementStages';
import { readAhead } from './readAhead';
import type { BatchingOptions, MapOptions, ShuffleOptions } from './options';
import * as rowStages from './rowStages';
import { checkIterable, generatorElements, iterableElements, type AnyIterable } from './sources';
import { commonRows, inWords, rowOf, rowsOf, type Batched, type Tensors } from './structures';

interface Plan<T> {
  readonly elements: stages.Elements<T>;
  readonly size: number | undefined;
  /** Where the elements are rows of tensors, of which batches can be taken at once. */
  readonly rows?: rowStages.Rows<T> | undefined;
}

/**
 * A stream of elements to walk with `for await`, as often as one likes: each iteration begins anew.
 * Elements are read and computed only when they are asked for. The stages and their names are those
 * of TensorFlow's `tf.data.Dataset`; each returns a new dataset and leaves this one as it is.
 *
 * Leaving the loop early closes the sources; an error in any stage comes to whoever walks.
 */
export class Dataset<T> implements AsyncIterable<T> {
  /** How many elements there are; Infinity if they never end, undefined if it is not known. */
  readonly size: number | undefined;
  private iterations = 0;

  private constructor(private readonly plan: Plan<T>) {
    this.size = plan.size;
  }

  /**
   * The elements of a list, or of anything else that can be walked again and again, synchronously
   * or not. A list is copied, though not its elements.
   * @throws OptionError if it is no iterable, or one that runs only once, such as a generator.
   */
  static from<T>(iterable: AnyIterable<T>): Dataset<Awaited<T>>;
  static from<T>(iterable: AnyIterable<T>): Dataset<T> {
    checkIterable('from', iterable);
    const source: AnyIterable<T> = Array.isArray(iterable) ? [...(iterable as T[])] : iterable;
    return new Dataset({
      elements: () => iterableElements(source),
      size: Array.isArray(source) ? source.length : undefined,
    });
  }

  /**
   * What a generator yields, synchronous or not; each iteration starts it anew.
   * @param start such as `async function* () { ... }`, or any function that returns an iterable.
   */
  static fromGenerator<T>(
    start: () => AnyIterable<T> | Promise<AnyIterable<T>>,
  ): Dataset<Awaited<T>>;
  static fromGenerator<T>(start: () => AnyIterable<T> | Promise<AnyIterable<T>>): Dataset<T> {
    checkFunctions('fromGenerator', { start });
    return new Dataset({ elements: () => generatorElements(start), size: undefined });
  }

  /**
   * The rows of a tensor, or of several that belong together: of `{ x: images, y: labels }`, with
   * images [samples, height, width, channels] and labels [samples], each element is one
   * `{ x, y }` with x [height, width, channels] and y []. Rows that are shuffled and put in batches,
   * with nothing but take, skip and repeat between, are copied once, batch by batch.
   * @throws ShapeError if the first axes differ in size.
   */
  static fromTensorSlices<T>(tensors: T & Tensors<T>): Dataset<T> {
    const size = commonRows('fromTensorSlices', tensors);
    const one = (row: number): T => rowOf<T>(tensors, row);
    const several = (rows: readonly number[]): Batched<T> => rowsOf<T>(tensors, rows);
    return Dataset.ofRows({ one, several, order: () => rowStages.countUp(size) }, size);
  }

  private static ofRows<T>(rows: rowStages.Rows<T>, size: number | undefined): Dataset<T> {
    return new Dataset({ elements: (pass) => rowStages.rowElements(rows, pass), size, rows });
  }

  /** Walks the elements; the first iteration is `epoch(0)`, the next one `epoch(1)`, and so on. */
  [Symbol.asyncIterator](): AsyncGenerator<T, void, undefined> {
    return this.plan.elements(`${this.iterations++}`);
  }

  /**
   * This dataset as its iteration of that number, counted from 0, sees it, whatever was walked
   * before: to go on with a training in the order that it would have had.
   * @throws OptionError if the number is no whole number of at least 0.
   */
  epoch(number: number): Dataset<T> {
    checkWhole('epoch', { number }, 0);
    const pass = `${number}`;
    return this.rearranged(this.size, {
      elements: () => this.plan.elements(pass),
      order: (order) => () => order(pass),
    });
  }

  /** Each element passed through a function, which may be asynchronous. */
  map<U>(f: (element: T) => U | Promise<U>, options: MapOptions = {}): Dataset<U> {
    checkFunctions('map', { f });
    const { numParallelCalls = 1 } = optionsOf('map', options);
    checkWhole('map', { numParallelCalls }, 1);
    const { elements, size } = this.plan;
    if (numParallelCalls === 1) {
      return new Dataset({ elements: (pass) => stages.mapElements(elements(pass), f), size });
    }
    return new Dataset({
      elements: (pass) => readAhead(elements(pass), numParallelCalls - 1, f),
      size,
    });
  }

  /** The elements for which the function, which may be asynchronous, returns true. */
  filter<U extends T>(keep: (element: T) => element is U): Dataset<U>;
  filter(keep: (element: T) => boolean | Promise<boolean>): Dataset<T>;
  filter(keep: (element: T) => boolean | Promise<boolean>): Dataset<T> {
    checkFunctions('filter', { keep });
    const { elements } = this.plan;
    return new Dataset({
      elements: (pass) => stages.filterElements(elements(pass), keep),
      size: undefined,
    });
  }

  /**
   * The elements in random order, another one in each iteration. With all elements in the buffer, the
   * order of iteration e is that of `fit` in epoch e, for the same seed.
   * @throws OptionError if an option is out of its range, or a buffer for all is asked for where the
   * dataset never ends or its size is not known.
   */
  shuffle(options: ShuffleOptions = {}): Dataset<T> {
    const { bufferSize, seed = 0, reshuffleEachIteration = true } = optionsOf('shuffle', options);
    const room = bufferSize ?? Infinity;
    if (room !== Infinity) checkWhole('shuffle', { bufferSize }, 1);
    else checkHoldsAll(this.size, bufferSize);
    checkFlags('shuffle', { reshuffleEachIteration });
    const random = new Random(seed).split('shuffle');
    const randomFor = (pass: string): Random => random.split(reshuffleEachIteration ? pass : 0);
    return this.rearranged(this.size, {
      elements: (pass) => stages.shuffleElements(this.plan.elements(pass), room, randomFor(pass)),
      order: (order) => (pass) => rowStages.shuffleOrder(order(pass), room, randomFor(pass)),
    });
  }

  /**
   * Batches of `size` elements that follow each other, stacked along a new first axis: numbers and
   * tensors become tensors, lists and records become lists and records of tensors. The last batch
   * may be smaller.
   * @throws OptionError if the size is no whole number of at least 1; while walking, also ShapeError
   * or DTypeError, if elements of one batch are not alike.
   */
  batch(size: number, options: BatchingOptions = {}): Dataset<Batched<T>> {
    checkWhole('batch', { size }, 1);
    const { dropRemainder = false } = optionsOf('batch', options);
    checkFlags('batch', { dropRemainder });
    const batching = { size, dropRemainder };
    const count = this.size && (dropRemainder ? Math.floor : Math.ceil)(this.size / size);
    const { elements, rows } = this.plan;
    return new Dataset({
      elements: (pass) =>
        rows === undefined
          ? stages.batchElements(elements(pass), batching)
          : rowStages.rowBatches(rows, batching, pass),
      size: count,
    });
  }

  /**
   * The same elements, of which up to `count` are read while the consumer is busy with the one before
   * them. It helps where reading means waiting, as for files; 0 reads nothing ahead.
   */
  prefetch(count: number): Dataset<T> {
    checkWhole('prefetch', { count }, 0);
    const { elements, size } = this.plan;
    return new Dataset({
      elements: (pass) => readAhead(elements(pass), count, (element) => element),
      size,
    });
  }

  /** The first `count` elements, or all if there are fewer. */
  take(count: number): Dataset<T> {
    checkWhole('take', { count }, 0);
    return this.rearranged(this.size && Math.min(this.size, count), {
      elements: (pass) => stages.takeElements(this.plan.elements(pass), count),
      order: (order) => (pass) => rowStages.takeOrder(order(pass), count),
    });
  }

  /** All but the first `count` elements. */
  skip(count: number): Dataset<T> {
    checkWhole('skip', { count }, 0);
    return this.rearranged(this.size && Math.max(this.size - count, 0), {
      elements: (pass) => stages.skipElements(this.plan.elements(pass), count),
      order: (order) => (pass) => rowStages.skipOrder(order(pass), count),
    });
  }

  /**
   * The elements `count` times one after the other, or without end. What is shuffled before it has
   * another order each time.
   */
  repeat(count?: number): Dataset<T> {
    if (count !== undefined) checkWhole('repeat', { count }, 0);
    const times = count ?? Infinity;
    // Nothing, without end, is nothing.
    return this.rearranged(this.size && times && this.size * times, {
      elements: (pass) => stages.repeatElements(this.plan.elements, times, pass),
      order: (order) => (pass) => rowStages.repeatOrder(order, times, pass),
    });
  }

  /**
   * These elements and then those of another dataset.
   * @throws OptionError if the other is no dataset.
   */
  concatenate<U>(other: Dataset<U>): Dataset<T | U> {
    if (!(other instanceof Dataset)) {
      throw new OptionError({
        op: 'concatenate',
        expected: 'a Dataset',
        received: inWords(other),
        hint: 'Dataset.from makes one of a list.',
      });
    }
    const [first, second] = [this.plan, other.plan];
    return new Dataset<T | U>({
      elements: (pass) =>
        stages.concatenateElements<T | U>(first.elements(pass), second.elements(pass)),
      size:
        first.size !== undefined && second.size !== undefined
          ? first.size + second.size
          : undefined,
    });
  }

  /**
   * All elements of one iteration.
   * @throws OptionError if they never end.
   */
  async toArray(): Promise<T[]> {
    if (this.size === Infinity) {
      throw new OptionError({
        op: 'toArray',
        expected: 'a dataset that ends',
        received: 'one that does not',
        hint: 'Call take(count) first.',
      });
    }
    const all: T[] = [];
    for await (const element of this) all.push(element);
    return all;
  }

  /** A stage that only chooses and orders elements: rows of tensors need not be read for it. */
  private rearranged(
    size: number | undefined,
    stage: {
      readonly elements: stages.Elements<T>;
      readonly order: (order: rowStages.RowOrder) => rowStages.RowOrder;
    },
  ): Dataset<T> {
    const { rows } = this.plan;
    if (rows === undefined) return new Dataset({ elements: stage.elements, size });
    return Dataset.ofRows({ ...rows, order: stage.order(rows.order) }, size);
  }
}
