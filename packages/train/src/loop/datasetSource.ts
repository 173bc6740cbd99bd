import { OptionError } from '@gradus/tensor';
import { checkWhole } from '@gradus/tensor/options';
import { countOf, samplesOf } from './batch';
import type { Samples } from './samples';
import type { Source } from './source';

type AnyIterable = Iterable<unknown> | AsyncIterable<unknown>;

/** Checks a batch, whose number counts from 0, and may weigh its samples. */
export type Prepare = (batch: Samples, number: number) => Samples;

/** How the batches of a dataset are taken. */
export interface DatasetOptions {
  /** How many batches make an epoch; the next one goes on behind them. Default: all. */
  readonly stepsPerEpoch?: number | undefined;
  /** How many epochs are to come. */
  readonly epochsToCome: number;
  readonly prepare: Prepare;
}

/**
 * Batches of a dataset.
 * @throws OptionError if it cannot be iterated as often as there are epochs, or never ends.
 */
export function datasetSource(dataset: AnyIterable, options: DatasetOptions): Source {
  const { stepsPerEpoch, epochsToCome, prepare } = options;
  if (stepsPerEpoch !== undefined) {
    checkWhole('fit', { stepsPerEpoch }, 1);
    return new ContinuedSource(dataset, stepsPerEpoch, prepare);
  }
  checkRepeats('fit', dataset, epochsToCome);
  return new WholeSource(dataset, prepare);
}

/**
 * A dataset's batches as they come when it is iterated for the first time, each passed through `read`.
 * @throws OptionError naming `op` if it never ends, or there is no batch.
 */
export async function* batchesOnce<T>(
  op: string,
  dataset: AnyIterable,
  read: (batch: unknown, number: number) => T,
): AsyncGenerator<T, void, undefined> {
  checkEnds(op, dataset);
  let number = 0;
  for await (const batch of pass(dataset, 0)) yield read(batch, number++);
  if (number === 0) throw empty(op);
}

/** @throws OptionError if a dataset cannot be iterated once for each epoch, or never ends. */
export function checkRepeats(op: string, dataset: AnyIterable, epochs: number): void {
  checkEnds(op, dataset);
  if (epochs <= 1 || !isOneShot(dataset)) return;
  throw new OptionError({
    op,
    expected: `a dataset that can be iterated for each of ${epochs} epochs`,
    received: 'an iterator, which ends with the first',
    hint: anewHint,
  });
}

/** An epoch is all that the dataset has. */
class WholeSource implements Source {
  steps: number | undefined;
  samples: number | undefined;

  constructor(
    private readonly dataset: AnyIterable,
    private readonly prepare: Prepare,
  ) {
    this.steps = sizeOf(dataset);
  }

  async *batches(epoch: number, done: number): AsyncGenerator<Samples, void, undefined> {
    let steps = 0;
    let samples = 0;
    for await (const given of pass(this.dataset, epoch)) {
      const batch = this.prepare(samplesOf('fit', given), steps);
      steps += 1;
      samples += countOf(batch);
      if (steps > done) yield batch;
    }
    if (steps === 0) throw empty('fit', epoch);
    checkDone(steps, done);
    this.steps = steps;
    this.samples = samples;
  }
}

/** An epoch is so many batches, and the next one goes on behind them; at its end, the dataset begins anew. */
class ContinuedSource implements Source {
  samples: number | undefined;
  private readonly stream: AsyncGenerator<unknown, void, undefined>;
  /** How many batches were taken from the stream. */
  private taken = 0;

  constructor(
    dataset: AnyIterable,
    readonly steps: number,
    private readonly prepare: Prepare,
  ) {
    this.stream = passes(dataset);
  }

  async *batches(epoch: number, done: number): AsyncGenerator<Samples, void, undefined> {
    const first = epoch * this.steps + done;
    while (this.taken < first) await this.take();
    let samples = 0;
    for (let step = done; step < this.steps; step++) {
      const batch = this.prepare(samplesOf('fit', await this.take()), step);
      samples += countOf(batch);
      yield batch;
    }
    if (done === 0) this.samples = samples;
  }

  async close(): Promise<void> {
    await this.stream.return();
  }

  private async take(): Promise<unknown> {
    const { value } = await this.stream.next();
    this.taken += 1;
    return value;
  }
}

/** All batches, again and again. */
async function* passes(dataset: AnyIterable): AsyncGenerator<unknown, void, undefined> {
  let taken = 0;
  for (let number = 0; ; number++) {
    const before = taken;
    for await (const batch of pass(dataset, number)) {
      taken += 1;
      yield batch;
    }
    if (taken === 0) throw empty('fit');
    if (taken > before) continue;
    throw new OptionError({
      op: 'fit',
      expected: 'a dataset with batches for all steps, or one that can be iterated anew',
      received: `one that ended after ${taken}`,
      hint: anewHint,
    });
  }
}

const anewHint =
  'Give what makes a new iterator each time: { [Symbol.asyncIterator]: makeBatches }.';

/** The batches of one passage through the dataset. */
function pass(dataset: AnyIterable, number: number): AnyIterable {
  return hasEpochs(dataset) ? dataset.epoch(number) : dataset;
}

function hasEpochs(
  dataset: AnyIterable,
): dataset is AnyIterable & { epoch(number: number): AnyIterable } {
  return 'epoch' in dataset && typeof dataset.epoch === 'function';
}

/** How many batches it says there are. */
function sizeOf(dataset: AnyIterable): number | undefined {
  const size: unknown = Array.isArray(dataset) ? dataset.length : Reflect.get(dataset, 'size');
  return typeof size === 'number' ? size : undefined;
}

/** Whether it can be iterated only once, as generators can. */
function isOneShot(dataset: AnyIterable): boolean {
  if (hasEpochs(dataset)) return false;
  if (Symbol.asyncIterator in dataset) {
    return Object.is(dataset[Symbol.asyncIterator](), dataset);
  }
  return Object.is(dataset[Symbol.iterator](), dataset);
}

function checkEnds(op: string, dataset: AnyIterable): void {
  if (sizeOf(dataset) !== Infinity) return;
  throw new OptionError({
    op,
    expected: 'a dataset that ends',
    received: 'one without end',
    hint: op === 'fit' ? 'Say stepsPerEpoch, how many batches make an epoch.' : 'Use take(count).',
  });
}

function checkDone(steps: number, done: number): void {
  if (steps >= done) return;
  throw new OptionError({
    op: 'fit',
    expected: `at least ${done} batches, as were trained before the stop`,
    received: String(steps),
    hint: 'To resume, give the dataset that was trained on.',
  });
}

function empty(op: string, epoch = 0): OptionError {
  return new OptionError({
    op,
    expected: 'a dataset with at least one batch',
    received: epoch === 0 ? 'none' : `none in epoch ${epoch}, as if it could be iterated only once`,
    ...(epoch > 0 && { hint: anewHint }),
  });
}
