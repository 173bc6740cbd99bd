import type { Tensor } from '@gradus/tensor';

/** The place of each row's largest number, the first of several. */
export function largestOfRows(x: Tensor): Int32Array {
  const values = x.toTypedArray();
  const columns = x.shape.at(-1)!;
  return Int32Array.from({ length: columns === 0 ? 0 : values.length / columns }, (_, row) => {
    let largest = row * columns;
    for (let i = largest + 1; i < (row + 1) * columns; i++) {
      if (values[i]! > values[largest]!) largest = i;
    }
    return largest - row * columns;
  });
}

/** The share, from 0 to 1, of the values that hold what is asked. */
export function shareOf(
  values: ArrayLike<number>,
  holds: (value: number, i: number) => boolean,
): number {
  let count = 0;
  for (let i = 0; i < values.length; i++) count += holds(values[i]!, i) ? 1 : 0;
  return count / values.length;
}
