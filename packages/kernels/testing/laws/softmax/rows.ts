import { fill, type Tensor } from '@gradus/tensor';

/** The rows of x [..., classes] as lists. */
export function rowsIn(x: Tensor): number[][] {
  const classes = x.shape.at(-1)!;
  const values = Array.from(x.toTypedArray());
  return Array.from({ length: values.length / classes }, (_, row) =>
    values.slice(row * classes, (row + 1) * classes),
  );
}

/** A function of each row of x [..., classes], in float64. */
export function eachRow(x: Tensor, f: (row: readonly number[]) => readonly number[]): Tensor {
  const values = rowsIn(x).flatMap(f);
  return fill(x.shape, (n) => values[n]!, 'float64');
}

/** The sum of each row of x [..., classes], as [...] in float64. */
export function rowSums(x: Tensor): Tensor {
  const sums = rowsIn(x).map((row) => row.reduce((sum, value) => sum + value, 0));
  return fill(x.shape.slice(0, -1), (n) => sums[n]!, 'float64');
}

/** log softmax of a row: x - m - log(sum(e^(x - m))), with m the largest number. */
export function logSoftmaxOf(row: readonly number[]): number[] {
  const largest = Math.max(...row);
  const sum = row.reduce((total, value) => total + Math.exp(value - largest), 0);
  return row.map((value) => value - largest - Math.log(sum));
}
