import { fill, full, type FloatDType, type Shape, type Tensor } from '@gradus/tensor';
import type { NormalizationImplementation, NormalizationParameters } from './implementation';

/** The mean and the population variance of a set of numbers. */
export interface SetMoments {
  readonly mean: number;
  readonly variance: number;
}

/** For each number of x, row by row, the moments of those that it is normalised with. */
export function momentsOf({ sharing }: NormalizationImplementation, x: Tensor): SetMoments[] {
  const values = x.toTypedArray();
  const names = sharing(x.shape);
  const sets = new Map<string, number[]>();
  names.forEach((name, n) => {
    const set = sets.get(name) ?? [];
    set.push(values[n]!);
    sets.set(name, set);
  });
  const moments = new Map([...sets].map(([name, set]) => [name, momentsOfSet(set)]));
  return names.map((name) => moments.get(name)!);
}

function momentsOfSet(set: readonly number[]): SetMoments {
  const average = (of: (value: number) => number): number =>
    set.reduce((sum, value) => sum + of(value), 0) / set.length;
  const mean = average((value) => value);
  return { mean, variance: average((value) => (value - mean) ** 2) };
}

/** (x - mean) / sqrt(variance + epsilon) in float64, by two passes over the numbers. */
export function standardized(subject: NormalizationImplementation, x: Tensor): Tensor {
  const values = x.toTypedArray();
  const moments = momentsOf(subject, x);
  const at = (n: number): number => {
    const { mean, variance } = moments[n]!;
    return (values[n]! - mean) / Math.sqrt(variance + subject.epsilon);
  };
  return fill(x.shape, at, 'float64');
}

/** gamma of 1 and beta of 0: nothing follows the normalisation. */
export function plain(shape: Shape, dtype: FloatDType): NormalizationParameters {
  const channels = shape.slice(-1);
  return { gamma: full(channels, 1, dtype), beta: full(channels, 0, dtype) };
}

/** A function of each number and of its channel, in float64. */
export function perPlace(
  x: Tensor,
  f: (value: number, channel: number, n: number) => number,
): Tensor {
  const values = x.toTypedArray();
  const channels = x.shape.at(-1)!;
  return fill(x.shape, (n) => f(values[n]!, n % channels, n), 'float64');
}
