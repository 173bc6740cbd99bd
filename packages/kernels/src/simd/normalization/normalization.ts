import { toTypedArray, windowOn, type View } from '@gradus/tensor';
import type { BatchGradient, Moments, ScaleAndShift, Statistics } from '../../normalization';
import type { KernelContext } from '../context';
import { columnsOf, type Columns } from './columns';
import { gradientSums, momentSums } from './columnSums';
import { formulas, mapColumnsKernel, type FormulaName } from './mapColumnsKernel';

/*
 * Every member is one pass over the numbers. What belongs to a channel, a few numbers, is computed
 * here in double precision.
 */

/**
 * See `Backend.moments`. Both sums are of what numbers differ from the first one of their channel, so
 * that no digits are lost where the mean is far larger than the deviation (T. F. Chan, G. H. Golub, R. J.
 * LeVeque, "Algorithms for computing the sample variance", The American Statistician 37(3), 1983).
 */
export function moments(context: KernelContext, x: View, out: Moments): void {
  const columns = columnsOf(x.shape);
  const { shape, strides, offset } = x;
  const first = windowOn(x, { shape: shape.slice(-1), strides: strides.slice(-1), offset });
  // From infinity all numbers differ by infinity or nothing.
  const shifts = toTypedArray(first).map((number) => (Number.isFinite(number) ? number : 0));
  const { numbers, products } = momentSums(context, x, shifts, columns);
  const means = numbers.map((sum) => sum / columns.count);
  // Rounding may leave less than nothing of the variance of equal numbers.
  const variances = means.map((mean, c) => Math.max(0, products[c]! / columns.count - mean * mean));
  store(
    context,
    means.map((mean, c) => mean + shifts[c]!),
    out.mean,
  );
  store(context, variances, out.variance);
}

/** See `Backend.normalize`. */
export function normalize(
  context: KernelContext,
  { x, statistics, parameters }: Normalized,
  out: View,
): void {
  const { means, factors } = prepared(statistics);
  const gamma = toTypedArray(parameters.gamma);
  const table = [means, factors.map((factor, c) => gamma[c]! * factor)];
  mapColumns(context, 'normalize', {
    x,
    dy: x,
    table: [...table, toTypedArray(parameters.beta)],
    out,
  });
}

/** See `Backend.normalizeParameterGradient`. */
export function normalizeParameterGradient(
  context: KernelContext,
  [dy, x]: readonly [View, View],
  statistics: Statistics,
  out: ScaleAndShift,
): void {
  const { means, factors } = prepared(statistics);
  const { numbers, products } = gradientSums(context, [dy, x], means, columnsOf(x.shape));
  store(
    context,
    products.map((sum, c) => sum * factors[c]!),
    out.gamma,
  );
  store(context, numbers, out.beta);
}

/** See `Backend.batchNormalizationInputGradient`. */
export function batchNormalizationInputGradient(
  context: KernelContext,
  [dy, x]: readonly [View, View],
  { statistics, parts }: { readonly statistics: Statistics; readonly parts: BatchGradient },
  out: View,
): void {
  const { means, factors } = prepared(statistics);
  const [gamma, dgamma, dbeta] = [parts.gamma, parts.gradient.gamma, parts.gradient.beta].map(
    (view) => Float64Array.from(toTypedArray(view)),
  ) as [Float64Array, Float64Array, Float64Array];
  const { count } = columnsOf(x.shape);
  const table = [
    means,
    gamma.map((scale, c) => scale * factors[c]!),
    dbeta.map((sum) => sum / count),
    dgamma.map((sum, c) => (factors[c]! * sum) / count),
  ];
  mapColumns(context, 'gradient', { x, dy, table, out });
}

/** What is to be normalised, and how. */
interface Normalized {
  readonly x: View;
  readonly statistics: Statistics;
  readonly parameters: ScaleAndShift;
}

interface Mapped {
  readonly x: View;
  readonly dy: View;
  /** For each parameter of the formula, a number for each channel. */
  readonly table: readonly ArrayLike<number>[];
  readonly out: View;
}

function mapColumns(
  { kernels, work }: KernelContext,
  name: FormulaName,
  { x, dy, table, out }: Mapped,
): void {
  const columns = columnsOf(x.shape);
  const { run } = kernels.get(`columns ${name}`, () => [mapColumnsKernel(name)]);
  const size = columns.padded * formulas[name].parameters;
  const [xAt, dyAt, to] = [work.rowMajor(x), work.rowMajor(dy), work.output(out)];
  const tableAt = work.scratch(4 * size);
  fillTable(work.floats(tableAt, size), table, columns);
  const { rows, width, rest } = columns;
  if (rows > 0) run!(xAt, dyAt, to, tableAt, rows, width);
  const done = 4 * rows * width;
  if (rest > 0) run!(xAt + done, dyAt + done, to + done, tableAt, 1, rest);
}

/** For each vector of columns, a vector of each parameter. */
function fillTable(
  target: Float32Array,
  parameters: readonly ArrayLike<number>[],
  { padded, channels }: Columns,
): void {
  let at = 0;
  for (let column = 0; column < padded; column += 4) {
    for (const numbers of parameters) {
      for (let lane = 0; lane < 4; lane++) target[at++] = numbers[(column + lane) % channels]!;
    }
  }
}

/** The means as given, and 1 / sqrt(variance + epsilon). */
function prepared({ mean, variance, epsilon }: Statistics) {
  const factors = Float64Array.from(
    toTypedArray(variance),
    (value) => 1 / Math.sqrt(value + epsilon),
  );
  return { means: toTypedArray(mean) as Float32Array, factors };
}

function store({ work }: KernelContext, numbers: Float64Array, out: View): void {
  const address = work.output(out);
  work.floats(address, numbers.length).set(numbers);
}
