import { batches, splitRows, type BatchOptions } from '@gradus/data';
import { tensorsOf, withTensors, type Value } from '@gradus/layers';
import type { Tensor } from '@gradus/tensor';

/** Samples, the targets for them, and how much each counts; samples are the first axis of all. */
export interface Samples<In extends Value = Value, Target extends Value = Value> {
  readonly x: In;
  readonly y: Target;
  /** [samples]. Without them all count alike. */
  readonly weights?: Tensor | undefined;
}

/** How many samples a value of at least one tensor has. */
export function countSamples(value: Value): number {
  return tensorsOf(value)[0]?.[1].shape[0] ?? 0;
}

/** Walks samples, targets and weights together, a batch of each at a time. */
export function* inBatches<In extends Value, Target extends Value>(
  samples: Samples<In, Target>,
  options: BatchOptions,
): Generator<Samples<In, Target>, void, undefined> {
  for (const batch of batches(listOf(samples), options)) yield likeSamples(samples, batch);
}

/**
 * Divides samples in two: those to train with and, from the end, those to validate with.
 * @throws OptionError if the fraction does not leave some in both.
 */
export function splitSamples<In extends Value, Target extends Value>(
  samples: Samples<In, Target>,
  fraction: number,
): [first: Samples<In, Target>, last: Samples<In, Target>] {
  const parts = listOf(samples).map((x) => splitRows(x, fraction));
  const part = (i: 0 | 1): Samples<In, Target> =>
    likeSamples(
      samples,
      parts.map((pair) => pair[i]),
    );
  return [part(0), part(1)];
}

function listOf({ x, y, weights }: Samples): Tensor[] {
  const tensors = [...tensorsOf(x), ...tensorsOf(y)].map(([, tensor]) => tensor);
  return weights === undefined ? tensors : [...tensors, weights];
}

/** Samples of the same form, with other tensors, in the order of `listOf`. */
function likeSamples<In extends Value, Target extends Value>(
  { x, y, weights }: Samples<In, Target>,
  tensors: readonly Tensor[],
): Samples<In, Target> {
  const inputs = tensorsOf(x).length;
  return {
    x: withTensors(x, tensors.slice(0, inputs)),
    y: withTensors(y, tensors.slice(inputs)),
    weights: weights === undefined ? undefined : tensors.at(-1),
  };
}
