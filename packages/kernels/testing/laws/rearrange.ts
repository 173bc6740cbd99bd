import { fill, type Shape, type Tensor } from '@gradus/tensor';
import { indexOfNth, rearranged } from '@gradus/tensor/testing';

/** So many zeros on each side of an image. */
export type Frame = readonly [
  readonly [top: number, bottom: number],
  readonly [left: number, right: number],
];

/** The numbers of x from `begin` on, zeros where that lies outside x. */
export function windowOf(x: Tensor, begin: readonly number[], size: Shape): Tensor {
  return rearranged(x, size, (index) => {
    const from = index.map((i, axis) => begin[axis]! + i);
    return from.every((i, axis) => i >= 0 && i < x.shape[axis]!) ? from : undefined;
  });
}

/** Images [batch, height, width, channels] with zeros around them. */
export function framed(x: Tensor, [[top, bottom], [left, right]]: Frame): Tensor {
  const [batch, height, width, channels] = x.shape as [number, number, number, number];
  const size = [batch, top + height + bottom, left + width + right, channels];
  return windowOf(x, [0, -top, -left, 0], size);
}

/** The entries of x along an axis in another order, or some of them: entry i is `order[i]` of x. */
export function taken(x: Tensor, axis: number, order: readonly number[]): Tensor {
  const shape = x.shape.map((size, a) => (a === axis ? order.length : size));
  return rearranged(x, shape, (index) => index.map((i, a) => (a === axis ? order[i]! : i)));
}

/** x turned round along some axes. */
export function flipped(x: Tensor, axes: readonly number[]): Tensor {
  return rearranged(x, x.shape, (index) =>
    index.map((i, axis) => (axes.includes(axis) ? x.shape[axis]! - 1 - i : i)),
  );
}

/** The first of every so many elements of x along each axis. */
export function subsampled(x: Tensor, steps: readonly number[]): Tensor {
  const shape = x.shape.map((size, axis) => Math.ceil(size / steps[axis]!));
  return rearranged(x, shape, (index) => index.map((i, axis) => i * steps[axis]!));
}

/** x with zeros between its elements: neighbours along each axis come to lie `steps` apart. */
export function spread(x: Tensor, steps: readonly number[]): Tensor {
  const shape = x.shape.map((size, axis) => (size - 1) * steps[axis]! + 1);
  return rearranged(x, shape, (index) => {
    if (index.some((i, axis) => i % steps[axis]! > 0)) return undefined;
    return index.map((i, axis) => i / steps[axis]!);
  });
}

/** Tensors of one shape side by side along an axis. */
export function concatenated(parts: readonly [Tensor, ...Tensor[]], axis: number): Tensor {
  const { shape, dtype } = parts[0];
  const size = shape[axis]!;
  const whole = shape.map((n, a) => (a === axis ? n * parts.length : n));
  return fill(
    whole,
    (n) => {
      const index = indexOfNth(whole, n);
      const part = parts[Math.floor(index[axis]! / size)]!;
      return part.at(...index.map((i, a) => (a === axis ? i % size : i)));
    },
    dtype,
  );
}
