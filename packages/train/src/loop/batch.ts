import { tensorsOf, type Value } from '@gradus/layers';
import { OptionError, Tensor } from '@gradus/tensor';
import { inWords } from '@gradus/tensor/options';
import type { Samples } from './samples';

/** Samples that are computed together: by name, or in a list; how much each counts may be left out. */
export type Batch<In extends Value = Tensor, Target extends Value = Tensor> =
  Samples<In, Target> | readonly [x: In, y: Target, sampleWeight?: Tensor | undefined];

/**
 * A dataset, sync or async: what gives batches, anew each time it is iterated. If it has a method
 * `epoch(number)`, as `Dataset` of the package data has, this gives the batches of an epoch, so that a
 * training that is resumed meets the order that it would have met; and `size`, if it is a number, is how
 * many batches there are.
 */
export type Batches<In extends Value = Tensor, Target extends Value = Tensor> =
  Iterable<Batch<In, Target>> | AsyncIterable<Batch<In, Target>>;

/** What there is to predict, batch by batch: as `Batches`, or without targets. */
export type InputBatches<In extends Value = Tensor> =
  Iterable<InputBatch<In>> | AsyncIterable<InputBatch<In>>;

/** Samples to predict: a tensor, `{ x }` or `[x]`, or a batch whose targets are left alone. */
export type InputBatch<In extends Value = Tensor> =
  | Tensor
  | { readonly x: In; readonly y?: unknown; readonly weights?: unknown }
  | readonly [x: In, ...rest: unknown[]];

/** Whether it is something else than a list that can be iterated. */
export function isIterable(value: unknown): value is Iterable<unknown> | AsyncIterable<unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  // An array of numbers is no dataset, though it can be iterated.
  if (ArrayBuffer.isView(value)) return false;
  return Symbol.asyncIterator in value || Symbol.iterator in value;
}

/**
 * The samples of a batch.
 * @throws OptionError naming `op` if it is none.
 */
export function samplesOf(op: string, batch: unknown): Samples {
  if (Array.isArray(batch) && (batch.length === 2 || batch.length === 3)) {
    const [x, y, weights] = batch as [Value, Value, Tensor?];
    return { x, y, weights: checkWeights(op, weights) };
  }
  if (hasParts(batch, ['x', 'y'])) {
    checkWeights(op, (batch as Samples).weights);
    return batch as Samples;
  }
  throw notABatch(op, '{ x, y, weights? } or [x, y, sampleWeight?]', batch);
}

/**
 * The samples to predict of a batch.
 * @throws OptionError naming `op` if it is none.
 */
export function inputsOf(op: string, batch: unknown): Value {
  if (batch instanceof Tensor) return batch;
  if (Array.isArray(batch) && batch.length >= 1 && batch.length <= 3) return batch[0] as Value;
  if (hasParts(batch, ['x'])) return (batch as { x: Value }).x;
  throw notABatch(op, 'tensors, { x } or [x]', batch);
}

function hasParts(batch: unknown, names: readonly string[]): boolean {
  if (typeof batch !== 'object' || batch === null || batch instanceof Tensor) return false;
  return names.every((name) => name in batch);
}

function checkWeights(op: string, weights: unknown): Tensor | undefined {
  if (weights === undefined || weights instanceof Tensor) return weights;
  throw notABatch(op, 'whose weights are a tensor', weights);
}

function notABatch(op: string, expected: string, received: unknown): OptionError {
  const isObject = typeof received === 'object' && received !== null;
  const described =
    received instanceof Tensor
      ? 'a tensor'
      : isObject && !Array.isArray(received)
        ? `an object with ${Object.keys(received).join(', ') || 'nothing'}`
        : inWords(received);
  return new OptionError({ op, expected: `batches ${expected}`, received: described });
}

/** How many samples a batch has, which has been checked. */
export function countOf({ x }: Samples): number {
  return tensorsOf(x)[0]![1].shape[0]!;
}
