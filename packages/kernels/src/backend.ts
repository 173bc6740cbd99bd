import type { DType, Storage, View } from '@gradus/tensor';
import type { ConvGeometry } from './convGeometry';
import type { Epilogue, MatMulEpilogue, PooledView } from './epilogue';
import type { BatchGradient, Moments, ScaleAndShift, Statistics } from './normalization';
import type { PoolGeometry } from './poolGeometry';
import type { AdamStep, MomentumStep } from './updates';

/**
 * Functions of one number, applied to every element. `softplus(x)` is log(1 + e^x); `erf(x)` is the
 * error function, 2 / sqrt(pi) times the integral of e^(-t^2) from 0 to x. `round` goes to the nearest
 * whole number, halves to the even one. Angles are in radians.
 */
export type UnaryKernel =
  | 'neg'
  | 'abs'
  | 'sign'
  | 'square'
  | 'sqrt'
  | 'exp'
  | 'log'
  | 'relu'
  | 'sigmoid'
  | 'softplus'
  | 'tanh'
  | 'erf'
  | 'floor'
  | 'ceil'
  | 'round'
  | 'sin'
  | 'cos'
  | 'tan'
  | 'asin'
  | 'acos'
  | 'atan'
  | 'sinh'
  | 'cosh'
  | 'asinh'
  | 'acosh'
  | 'atanh';

/**
 * Functions of two numbers, applied to elements at the same place. `minimum` and `maximum` are NaN where
 * one of the two is; `pow(a, b)` is a to the power of b; `atan2(y, x)` is the angle of the point (x, y),
 * from -pi to pi; `reluGradient(dy, x)` is dy where x > 0 and 0 elsewhere.
 */
export type BinaryKernel =
  'add' | 'sub' | 'mul' | 'div' | 'minimum' | 'maximum' | 'pow' | 'atan2' | 'reluGradient';

/** Comparisons of two numbers; nothing is equal to NaN, less or greater. */
export type CompareKernel =
  'equal' | 'notEqual' | 'less' | 'lessEqual' | 'greater' | 'greaterEqual';

/** Functions of many numbers, applied along axes. */
export type ReduceKernel = 'sum' | 'max' | 'min';

/** Where the largest or the smallest of many numbers stands: the first of equal ones, or the first NaN. */
export type ArgKernel = 'argMax' | 'argMin';

/** How numbers are summed up along an axis. */
export interface Scan {
  readonly axis: number;
  /** Whether each number is left out of the sum that takes its place. */
  readonly exclusive: boolean;
  /** Whether the sums begin at the end of the axis. */
  readonly reverse: boolean;
}

/**
 * Functions of a row of floating-point numbers, which give a row of the same length. With m the
 * largest number of the row, softmax(x)_i = exp(x_i - m) / sum_j exp(x_j - m), and
 * logSoftmax(x)_i = x_i - m - log(sum_j exp(x_j - m)). So a row in which a number is NaN or +Infinity,
 * or all are -Infinity, becomes all NaN.
 */
export type RowKernel = 'softmax' | 'logSoftmax';

/**
 * Where arithmetic happens: the whole contract of an engine.
 *
 * Kernels fill `out` and only read their other arguments. Shapes and element types are already
 * checked: all arguments of a kernel, and `out`, have one element type unless a kernel says
 * otherwise. `out` is row-major, holds anything before the call, and shares no element with the
 * arguments, which may be any views (stride 0 or negative too) and may have no elements at all.
 * Not-a-number and infinities go through as in IEEE arithmetic. In a convolution of such numbers an
 * engine may give NaN at other pixels of the same image too, since some algorithms multiply the zeros
 * of the padding, or mix neighbouring pixels; but no NaN and no infinity vanishes.
 */
export interface Backend {
  readonly name: 'reference' | 'loops' | 'simd';

  /** How long results last, where the engine keeps them in a memory of its own. */
  readonly scopes?: Scopes;

  /** Room for `size` elements; what they hold is not specified. */
  allocate<D extends DType>(dtype: D, size: number): Storage<D>;

  /**
   * Copies x, of any element type, into `out` of the same shape, converting as typed arrays do. Here
   * alone `out` may be any view without repeated elements: a part of a larger array, or reversed.
   */
  copy(x: View, out: View): void;

  /** out[i] = kernel(x[i]), with x and `out` of one shape. */
  map(kernel: UnaryKernel, x: View, out: View): void;

  /** out[i] = kernel(a[i], b[i]); a and b are broadcast to the shape of `out`. */
  zip(kernel: BinaryKernel, a: View, b: View, out: View): void;

  /** out[i] = 1 where the comparison holds, else 0: uint8. a and b are broadcast to the shape of `out`. */
  compare(kernel: CompareKernel, a: View, b: View, out: View): void;

  /**
   * out[i] = a[i] where the condition, of any element type, is not 0, else b[i]; all three are broadcast to
   * the shape of `out`.
   */
  where(condition: View, a: View, b: View, out: View): void;

  /**
   * Combines the elements of x along `axes` (ascending, from 0). `out` has the shape of x with these
   * axes left out. A sum over nothing is 0. The largest and the smallest number are NaN where one is;
   * over nothing they are -Infinity and Infinity, converted as typed arrays do.
   */
  reduce(kernel: ReduceKernel, x: View, axes: readonly number[], out: View): void;

  /**
   * For the elements of x along `axes`, as in `reduce`, the place of one among them, counted row by
   * row: int32. There is at least one.
   */
  argReduce(kernel: ArgKernel, x: View, axes: readonly number[], out: View): void;

  /** Puts in the place of each number of x the sum of all numbers up to it; whole numbers wrap around. */
  cumulativeSum(x: View, scan: Scan, out: View): void;

  /**
   * Takes entries of x along an axis: out[..., i, ...] = x[..., indices[i], ...]. The indices, int32 or
   * uint8 of any shape, lie within the axis; `out` has their axes in its place.
   */
  gather(x: View, indices: View, axis: number, out: View): void;

  /**
   * The adjoint of `gather`: out[..., indices[i], ...] is the sum of all updates[..., i, ...] whose
   * index it is, and 0 where there is none.
   */
  scatterAdd(updates: View, indices: View, axis: number, out: View): void;

  /** Applies a function to each row along the last axis of x, of rank 1 at least, into `out`. */
  mapRows(kernel: RowKernel, x: View, out: View): void;

  /**
   * Matrix products: a [..., m, k], b [..., k, n], out [..., m, n]. Leading axes are broadcast;
   * strides express transposes. With k = 0 the sums are 0. With an epilogue, whose bias is [n], what
   * that makes of the sums.
   */
  matMul(a: View, b: View, out: View, epilogue?: MatMulEpilogue): void;

  /**
   * The cross-correlation of x [batch, height, width, inChannels] with the filter
   * [filterHeight, filterWidth, inChannels / groups, outChannels];
   * out [batch, outHeight, outWidth, outChannels]; with an epilogue, what that makes of it.
   */
  conv2d(x: View, filter: View, geometry: ConvGeometry, out: View, epilogue?: Epilogue): void;

  /** The adjoint of `conv2d` in x: from dy, shaped like its result, to `out`, shaped like x. */
  conv2dInputGradient(dy: View, filter: View, geometry: ConvGeometry, out: View): void;

  /** The adjoint of `conv2d` in its filter: from dy and x to `out`, shaped like the filter. */
  conv2dFilterGradient(dy: View, x: View, geometry: ConvGeometry, out: View): void;

  /**
   * The gradient of the filter and the bias of a convolution that 2x2 max pooling follows, as one
   * matrix (see `convParametersOf`): `conv2dFilterGradient` of what `unpool` makes of dy and places, and
   * its sum over all pixels. NaN and infinities in x may vanish where they meet only zeros.
   */
  conv2dPooledParameterGradient(dy: PooledView, x: View, geometry: ConvGeometry, out: View): void;

  /** The input gradient of such a convolution, likewise. */
  conv2dPooledInputGradient(dy: PooledView, filter: View, geometry: ConvGeometry, out: View): void;

  /**
   * The adjoint of taking the numbers at `places` (see `MaxPool`) from the result of a convolution:
   * each number of dy that has one goes to its pixel of `out`, and the others become 0.
   */
  unpool(dy: PooledView, out: View): void;

  /**
   * The largest number of each window of x [batch, height, width, channels], channel by channel;
   * NaN where the window holds one. Pixels of padding do not count, here and below.
   */
  maxPool2d(x: View, geometry: PoolGeometry, out: View): void;

  /**
   * Takes from `values`, shaped like x, what stands where each window of x has its maximum: the first
   * NaN, or else the first largest number, row by row.
   */
  takeAtMaxima(values: View, x: View, geometry: PoolGeometry, out: View): void;

  /**
   * The adjoint of `takeAtMaxima` in its values, and so the gradient of `maxPool2d`: each number of dy
   * is added to `out`, shaped like x, where its window of x has its maximum. Elsewhere `out` is 0.
   */
  maxPool2dInputGradient(dy: View, x: View, geometry: PoolGeometry, out: View): void;

  /** The mean of each window of x, channel by channel. */
  averagePool2d(x: View, geometry: PoolGeometry, out: View): void;

  /** The adjoint of `averagePool2d`: from dy, shaped like its result, to `out`, shaped like x. */
  averagePool2dInputGradient(dy: View, geometry: PoolGeometry, out: View): void;

  /**
   * The mean and the variance of each channel of x [..., channels], floating-point, over all other
   * axes; NaN over nothing. Accurate where the mean is much larger than the deviation, too.
   */
  moments(x: View, out: Moments): void;

  /** gamma (x - mean) / sqrt(variance + epsilon) + beta, channel by channel, into `out` like x. */
  normalize(x: View, statistics: Statistics, parameters: ScaleAndShift, out: View): void;

  /**
   * The adjoint of `normalize` in gamma and beta: for each channel the sum of
   * dy (x - mean) / sqrt(variance + epsilon), and that of dy.
   */
  normalizeParameterGradient(dy: View, x: View, statistics: Statistics, out: ScaleAndShift): void;

  /**
   * The gradient of `normalize` in x where mean and variance are the moments of x itself. With n
   * numbers in a channel and normalized = (x - mean) / sqrt(variance + epsilon), it is
   * gamma / sqrt(variance + epsilon) (dy - gradient.beta / n - normalized gradient.gamma / n).
   */
  batchNormalizationInputGradient(
    [dy, x]: readonly [dy: View, x: View],
    statistics: Statistics,
    parts: BatchGradient,
    out: View,
  ): void;

  /** A step of Adam in one pass; without it, optimizers compose one of other kernels. */
  adam?(step: AdamStep): void;

  /** A step of gradient descent with momentum in one pass; without it, likewise. */
  momentum?(step: MomentumStep): void;
}

/**
 * Scopes nest. What is allocated inside one ends with it, unless it survives: then it belongs to the
 * scope around it, or, where there is none, moves to an ordinary array.
 */
export interface Scopes {
  /** How many scopes are open. */
  readonly depth: number;
  enter(): void;
  leave(survivors: Iterable<Storage>): void;
}
