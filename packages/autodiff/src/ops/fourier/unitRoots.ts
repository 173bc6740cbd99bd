import {
  newTypedArray,
  rowMajor,
  arrayStorage,
  Tensor,
  type DType,
  type Shape,
} from '@gradus/tensor';

/*
 * Roots of unity, e^(2 pi i k / n), each from its own angle: a table made by repeated
 * multiplication would drift. The angle is folded into the first eighth of the circle, where sine
 * and cosine lose nothing, so that the roots are as symmetric as they are in truth, and 0 and 1 are
 * exact.
 */

/** cos(2 pi k / n) for whole k from 0 to n. */
export function cosine(k: number, n: number): number {
  const folded = Math.min(k, n - k);
  if (4 * folded > n) return -cosine(n - 2 * folded, 2 * n);
  if (8 * folded > n) return Math.sin((2 * Math.PI * (n - 4 * folded)) / (4 * n));
  return Math.cos((2 * Math.PI * folded) / n);
}

/** sin(2 pi k / n) for whole k from 0 to n: a cosine a quarter of the circle later. */
export function sine(k: number, n: number): number {
  return cosine((4 * k + 3 * n) % (4 * n), 4 * n);
}

/**
 * A tensor of which each element is computed in float64 from its index; rounded to `dtype` once.
 * @param at the element at an index, one number for each axis.
 */
export function table(
  dtype: DType,
  shape: Shape,
  at: (...index: readonly [number, number, number, number]) => number,
): Tensor {
  const [first, second, third, fourth] = shape as [number, number, number, number];
  const data = newTypedArray(dtype, first * second * third * fourth);
  let next = 0;
  for (let i = 0; i < first; i++)
    for (let j = 0; j < second; j++)
      for (let k = 0; k < third; k++)
        for (let l = 0; l < fourth; l++) data[next++] = at(i, j, k, l);
  return new Tensor(arrayStorage(dtype, data), rowMajor(shape));
}
