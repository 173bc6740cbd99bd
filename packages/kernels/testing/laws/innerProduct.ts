import {
  formatShape,
  sameShape,
  tensor,
  toTypedArray,
  type Tensor,
  type View,
} from '@gradus/tensor';

/**
 * The sum of a * b over all elements, in double precision, as a scalar.
 * @throws Error if they have different shapes.
 */
export function innerProduct(a: View, b: View): Tensor<'float64'> {
  if (!sameShape(a.shape, b.shape)) {
    throw new Error(`expected shape ${formatShape(a.shape)}; received ${formatShape(b.shape)}.`);
  }
  const other = toTypedArray(b);
  const products = Float64Array.from(toTypedArray(a), (value, i) => value * other[i]!);
  return tensor(Float64Array.of(products.reduce((sum, value) => sum + value, 0)), []);
}
