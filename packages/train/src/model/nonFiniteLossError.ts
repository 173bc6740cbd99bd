import type { Value } from '@gradus/layers';
import { Tensor } from '@gradus/tensor';

/** The loss became infinite or not a number: most often the learning rate is too large. */
export class NonFiniteLossError extends Error {
  override readonly name = 'NonFiniteLossError';

  /**
   * @param step counts from 0; the weights are those before it.
   * @param origin what held the first such number: `the samples`, `the targets`, the path of a
   * layer, or `the loss` if everything before it is finite.
   */
  constructor(
    readonly step: number,
    readonly loss: number,
    readonly origin: string,
  ) {
    super(
      `Step ${step}: the loss is ${loss}. The first values that are not finite come from ` +
        `${origin}. Try a smaller learning rate, and check that the data holds no NaN.`,
    );
  }
}

/** Whether no number in a layer's result is infinite or NaN. */
export function allFinite(value: Value): boolean {
  const tensors: readonly Tensor[] = value instanceof Tensor ? [value] : Object.values(value);
  return tensors.every((x) => x.toTypedArray().every(Number.isFinite));
}
