import { tensor, Tensor } from '@gradus/tensor';
import { inCode, withCode, type WithCode } from '@gradus/tensor/testing';
import fc from 'fast-check';
import { Dataset } from '../../src/index';

/** A number, or those of one batch. */
export type Elements = readonly (number | readonly number[])[];

/** A data set, and the plain array that it must equal; it writes itself as code. */
export interface DataSetCase extends WithCode {
  readonly dataset: Dataset<unknown>;
  /** Its elements; of batches the numbers in them. */
  readonly elements: Elements;
  /** Whether the numbers may come in any order. Batches are as large as they are said to be. */
  readonly isShuffled: boolean;
}

/** What a stage does to a data set, and to the array. */
interface Stage<T> {
  readonly code: string;
  readonly on: (dataset: Dataset<T>) => Dataset<T>;
  readonly onArray: (elements: readonly number[]) => readonly number[];
}

const counts = fc.nat({ max: 4 });

/** Functions of numbers, no two of which commute. */
export const functions = [
  withCode(
    (x: number) => 2 * x,
    () => '(x) => 2 * x',
  ),
  withCode(
    (x: number) => x - 3,
    () => '(x) => x - 3',
  ),
  withCode(
    (x: number) => x * x,
    () => '(x) => x * x',
  ),
] as const;

/** What numbers may be asked. */
export const predicates = [
  withCode(
    (x: number) => x % 2 === 0,
    () => '(x) => x % 2 === 0',
  ),
  withCode(
    (x: number) => x > 1,
    () => '(x) => x > 1',
  ),
] as const;

/** Stages that choose elements and their order, whatever these are. */
function choices<T>(): fc.Arbitrary<Stage<T>> {
  return fc.oneof(
    counts.map((n) => ({
      code: `take(${n})`,
      on: (dataset: Dataset<T>) => dataset.take(n),
      onArray: (elements: readonly number[]) => elements.slice(0, n),
    })),
    counts.map((n) => ({
      code: `skip(${n})`,
      on: (dataset: Dataset<T>) => dataset.skip(n),
      onArray: (elements: readonly number[]) => elements.slice(n),
    })),
    fc.nat({ max: 3 }).map((n) => ({
      code: `repeat(${n})`,
      on: (dataset: Dataset<T>) => dataset.repeat(n),
      onArray: (elements: readonly number[]) => Array.from({ length: n }, () => elements).flat(),
    })),
  );
}

/** Stages of numbers for which the order does not matter: each looks at one element. */
const perElement: fc.Arbitrary<Stage<number>> = fc.oneof<fc.Arbitrary<Stage<number>>[]>(
  fc
    .record({ f: fc.constantFrom(...functions), numParallelCalls: fc.integer({ min: 1, max: 3 }) })
    .map(({ f, numParallelCalls }) => ({
      code: `map(${inCode(f)}, { numParallelCalls: ${numParallelCalls} })`,
      on: (dataset) => dataset.map(f, { numParallelCalls }),
      onArray: (elements) => elements.map(f),
    })),
  fc.constantFrom(...predicates).map((keep) => ({
    code: `filter(${inCode(keep)})`,
    on: (dataset) => dataset.filter(keep),
    onArray: (elements) => elements.filter(keep),
  })),
  counts.map((n) => ({
    code: `prefetch(${n})`,
    on: (dataset) => dataset.prefetch(n),
    onArray: (elements) => elements,
  })),
);

const concatenations: fc.Arbitrary<Stage<number>> = fc
  .array(fc.nat({ max: 9 }), { maxLength: 3 })
  .map((more) => ({
    code: `concatenate(Dataset.from(${inCode(more)}))`,
    on: (dataset) => dataset.concatenate(Dataset.from(more)),
    onArray: (elements) => [...elements, ...more],
  }));

function shuffles<T>(): fc.Arbitrary<Stage<T>> {
  return fc
    .record({
      bufferSize: fc.integer({ min: 1, max: 12 }),
      seed: fc.nat({ max: 99 }),
      reshuffleEachIteration: fc.boolean(),
    })
    .map((options) => ({
      code: `shuffle(${inCode(options)})`,
      on: (dataset: Dataset<T>) => dataset.shuffle(options),
      onArray: (elements: readonly number[]) => elements,
    }));
}

/** A data set without stages, and its code. */
interface Source<T> {
  readonly code: string;
  readonly dataset: Dataset<T>;
  readonly elements: readonly number[];
}

const numbers = fc.array(fc.nat({ max: 9 }), { maxLength: 12 });

const lists: fc.Arbitrary<Source<number>> = numbers.map((elements) => ({
  code: `Dataset.from(${inCode(elements)})`,
  dataset: Dataset.from(elements),
  elements,
}));

/** Streams, which do not know how long they are. */
const streams: fc.Arbitrary<Source<number>> = numbers.map((elements) => ({
  code: `Dataset.fromGenerator(async function* () { yield* ${inCode(elements)}; })`,
  dataset: Dataset.fromGenerator(async function* () {
    yield* elements;
  }),
  elements,
}));

const rows: fc.Arbitrary<Source<Tensor>> = numbers
  .map((elements) => tensor(Float32Array.from(elements)))
  .map((x) => ({
    code: `Dataset.fromTensorSlices(${inCode(x)})`,
    dataset: Dataset.fromTensorSlices(x),
    elements: Array.from(x.toTypedArray()),
  }));

/** Stages in the order of a pipeline: any, then perhaps a shuffle and what may follow it, then batches. */
function pipelines<T>(
  source: fc.Arbitrary<Source<T>>,
  before: fc.Arbitrary<Stage<T>>,
  after: fc.Arbitrary<Stage<T>>,
): fc.Arbitrary<DataSetCase> {
  return fc
    .record({
      source,
      first: fc.array(before, { maxLength: 3 }),
      shuffled: fc.option(
        fc.record({ shuffle: shuffles<T>(), then: fc.array(after, { maxLength: 2 }) }),
        { nil: undefined },
      ),
      batch: fc.option(
        fc.record({ size: fc.integer({ min: 1, max: 5 }), dropRemainder: fc.boolean() }),
        { nil: undefined },
      ),
    })
    .map(({ source: { code, dataset, elements }, first, shuffled, batch }) => {
      const stages = [
        ...first,
        ...(shuffled === undefined ? [] : [shuffled.shuffle, ...shuffled.then]),
      ];
      const whole = stages.reduce((made, { on }) => on(made), dataset);
      const all = stages.reduce((made, { onArray }) => onArray(made), elements);
      const isShuffled = shuffled !== undefined;
      const text = [code, ...stages.map((stage) => stage.code)];
      if (batch === undefined) {
        return withCode({ dataset: whole, elements: all, isShuffled }, () => text.join('.'));
      }
      // Which numbers a shuffled data set leaves out, the array cannot say.
      const options = { dropRemainder: batch.dropRemainder && !isShuffled };
      const value = {
        dataset: whole.batch(batch.size, options),
        elements: inBatches(all, batch.size, options.dropRemainder),
        isShuffled,
      };
      return withCode(value, () => [...text, `batch(${batch.size}, ${inCode(options)})`].join('.'));
    });
}

/** An array cut into parts of a size; the last may be smaller, or is dropped. */
export function inBatches(
  elements: readonly number[],
  size: number,
  dropRemainder: boolean,
): number[][] {
  const count = (dropRemainder ? Math.floor : Math.ceil)(elements.length / size);
  return Array.from({ length: count }, (_, i) => elements.slice(i * size, (i + 1) * size));
}

/**
 * Data sets of lists, streams and rows of tensors, with stages of every kind, and the plain arrays that
 * they must equal. They shrink towards an empty list without stages.
 */
export function dataSets(): fc.Arbitrary<DataSetCase> {
  const anyStage = fc.oneof(perElement, choices<number>(), concatenations);
  return fc.oneof(
    { withCrossShrink: true },
    pipelines(lists, anyStage, perElement),
    pipelines(streams, anyStage, perElement),
    pipelines(
      rows,
      choices<Tensor>(),
      fc.constant({ code: 'repeat(1)', on: (d) => d.repeat(1), onArray: (x) => x }),
    ),
  );
}

/** An element as a plain number, or the numbers of a batch. */
export function plainElement(element: unknown): number | readonly number[] {
  if (!(element instanceof Tensor)) return element as number;
  const x = element as Tensor;
  return x.rank === 0 ? x.item() : Array.from(x.toTypedArray());
}
