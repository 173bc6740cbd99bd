import type { Shape } from '@gradus/tensor';

/** Every index of an array of this shape, row by row. A scalar has one index, `[]`. */
export function* indices(shape: Shape): Generator<number[]> {
  if (shape.length === 0) {
    yield [];
    return;
  }
  for (let first = 0; first < shape[0]!; first++) {
    for (const rest of indices(shape.slice(1))) yield [first, ...rest];
  }
}
