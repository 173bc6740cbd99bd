import { formatShape, sameShape, type Tensor } from '@gradus/tensor';
import { indexOfNth, named } from '@gradus/tensor/testing';

/**
 * Compares tensors: no difference may exceed `tolerance` times the largest magnitude expected, or times 1,
 * which is the size of the values that a gradient is a sum of where it cancels.
 * @throws Error that names the worst element and both its values.
 */
export function expectNear(received: Tensor, expected: Tensor, tolerance: number): void {
  if (!sameShape(received.shape, expected.shape)) {
    const [one, other] = [expected, received].map(({ shape }) => formatShape(shape));
    throw new Error(`expected shape ${one}; received ${other}.`);
  }
  const [found, wanted] = [[...received.toTypedArray()], [...expected.toTypedArray()]];
  const scale = wanted.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
  wanted.forEach((value, n) => {
    const difference = Math.abs(found[n]! - value);
    if (difference <= tolerance * scale) return;
    const where = formatShape(indexOfNth(expected.shape, n));
    throw new Error(
      `expected ${value} at ${where}; received ${found[n]}. ` +
        `The difference ${difference} is more than ${tolerance * scale}.`,
    );
  });
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
