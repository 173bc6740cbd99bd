import type { Tensor } from '@gradus/tensor';
import { expectClose, named } from '@gradus/tensor/testing';

/**
 * Compares tensors: no difference may exceed `tolerance` times the largest magnitude expected, or times 1,
 * which is the size of the values that a gradient is a sum of where it cancels.
 * @throws Error that names the worst element and both its values.
 */
export function expectNear(received: Tensor, expected: Tensor, tolerance: number): void {
  const scale = Math.max(1, ...[...expected.toTypedArray()].map(Math.abs));
  expectClose(received, expected, { relative: tolerance, scale });
}

/** Compares gradients, one for each input. */
export function expectAllNear(
  received: readonly Tensor[],
  expected: readonly Tensor[],
  tolerance: number,
): void {
  if (received.length !== expected.length) {
    throw new Error(`expected ${expected.length} gradients; received ${received.length}.`);
  }
  expected.forEach((dx, i) =>
    named(`gradient of x${i}`, () => expectNear(received[i]!, dx, tolerance)),
  );
}
