import type { TypedArray, View } from '@gradus/tensor';
import type { BatchGradient, Moments, ScaleAndShift, Statistics } from '../normalization';
import { rowMajorNumbers } from './rowMajorNumbers';
import { Scratch } from './scratch';

/*
 * x [..., channels] is read as a matrix with a column for each channel, row by row. What is the same
 * all along a column is computed beforehand, in double precision, and rounded with the result.
 */

const sums = new Scratch();
const others = new Scratch();

/** See `Backend.moments`. First the means, then the squares of what differs from them. */
export function moments(x: View, out: Moments): void {
  const { data, channels, size } = matrix(x);
  const rows = size / channels;
  const means = sums.zeros(channels);
  for (let p = 0; p < size;) for (let c = 0; c < channels; c++) means[c]! += data[p++]!;
  for (let c = 0; c < channels; c++) means[c]! /= rows;
  const squares = others.zeros(channels);
  for (let p = 0; p < size;) {
    for (let c = 0; c < channels; c++) {
      const difference = data[p++]! - means[c]!;
      squares[c]! += difference * difference;
    }
  }
  for (let c = 0; c < channels; c++) squares[c]! /= rows;
  store(means, out.mean);
  store(squares, out.variance);
}

/** See `Backend.normalize`. */
export function normalize(
  x: View,
  statistics: Statistics,
  { gamma, beta }: ScaleAndShift,
  out: View,
): void {
  const { data, channels, size } = matrix(x);
  const { means, factors } = prepared(statistics);
  const scale = rowMajorNumbers(gamma);
  const shift = rowMajorNumbers(beta);
  for (let c = 0; c < channels; c++) factors[c]! *= scale[c]!;
  const result = out.data;
  for (let p = 0, q = out.offset; p < size;) {
    for (let c = 0; c < channels; c++) {
      result[q++] = (data[p++]! - means[c]!) * factors[c]! + shift[c]!;
    }
  }
}

/** See `Backend.normalizeParameterGradient`. */
export function normalizeParameterGradient(
  dy: View,
  x: View,
  statistics: Statistics,
  out: ScaleAndShift,
): void {
  const { data, channels, size } = matrix(x);
  const slopes = rowMajorNumbers(dy);
  const { means, factors } = prepared(statistics);
  const dgamma = sums.zeros(channels);
  const dbeta = others.zeros(channels);
  for (let p = 0; p < size;) {
    for (let c = 0; c < channels; c++, p++) {
      dgamma[c]! += slopes[p]! * (data[p]! - means[c]!);
      dbeta[c]! += slopes[p]!;
    }
  }
  for (let c = 0; c < channels; c++) dgamma[c]! *= factors[c]!;
  store(dgamma, out.gamma);
  store(dbeta, out.beta);
}

/** See `Backend.batchNormalizationInputGradient`. */
export function batchNormalizationInputGradient(
  [dy, x]: readonly [dy: View, x: View],
  statistics: Statistics,
  { gamma, gradient }: BatchGradient,
  out: View,
): void {
  const { data, channels, size } = matrix(x);
  const slopes = rowMajorNumbers(dy);
  const { means, factors } = prepared(statistics);
  const rows = size / channels;
  const scale = rowMajorNumbers(gamma);
  const [dgamma, dbeta] = [rowMajorNumbers(gradient.gamma), rowMajorNumbers(gradient.beta)];
  const [shares, slants] = [sums.atLeast(channels), others.atLeast(channels)];
  for (let c = 0; c < channels; c++) {
    shares[c] = dbeta[c]! / rows;
    slants[c] = (factors[c]! * dgamma[c]!) / rows;
    factors[c]! *= scale[c]!;
  }
  const result = out.data;
  for (let p = 0, q = out.offset; p < size;) {
    for (let c = 0; c < channels; c++, p++) {
      const along = (data[p]! - means[c]!) * slants[c]!;
      result[q++] = (slopes[p]! - shares[c]! - along) * factors[c]!;
    }
  }
}

function matrix(x: View): { data: TypedArray; channels: number; size: number } {
  const data = rowMajorNumbers(x);
  return { data, channels: x.shape.at(-1)!, size: data.length };
}

/** The means as given, and 1 / sqrt(variance + epsilon). */
function prepared({ mean, variance, epsilon }: Statistics) {
  const factors = Float64Array.from(
    rowMajorNumbers(variance),
    (value) => 1 / Math.sqrt(value + epsilon),
  );
  return { means: rowMajorNumbers(mean), factors };
}

function store(numbers: Float64Array, out: View): void {
  for (let c = 0; c < out.shape[0]!; c++) out.data[out.offset + c] = numbers[c]!;
}
