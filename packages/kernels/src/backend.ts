import type { DType, Storage, View } from '@gradus/tensor';
import type { ConvGeometry } from './convGeometry';

/** Functions of one number, applied to every element. */
export type UnaryKernel =
  'neg' | 'abs' | 'sign' | 'square' | 'sqrt' | 'exp' | 'log' | 'relu' | 'sigmoid' | 'tanh';

/**
 * Functions of two numbers, applied to elements at the same place. `reluGradient(dy, x)` is dy
 * where x > 0 and 0 elsewhere.
 */
export type BinaryKernel = 'add' | 'sub' | 'mul' | 'div' | 'reluGradient';

/** Functions of many numbers, applied along axes. */
export type ReduceKernel = 'sum';

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

  /**
   * Combines the elements of x along `axes` (ascending, from 0). `out` has the shape of x with these
   * axes left out. A sum over nothing is 0.
   */
  reduce(kernel: ReduceKernel, x: View, axes: readonly number[], out: View): void;

  /**
   * Matrix products: a [..., m, k], b [..., k, n], out [..., m, n]. Leading axes are broadcast;
   * strides express transposes. With k = 0 the result is 0.
   */
  matMul(a: View, b: View, out: View): void;

  /**
   * The cross-correlation of x [batch, height, width, inChannels] with the filter
   * [filterHeight, filterWidth, inChannels / groups, outChannels];
   * out [batch, outHeight, outWidth, outChannels].
   */
  conv2d(x: View, filter: View, geometry: ConvGeometry, out: View): void;

  /** The adjoint of `conv2d` in x: from dy, shaped like its result, to `out`, shaped like x. */
  conv2dInputGradient(dy: View, filter: View, geometry: ConvGeometry, out: View): void;

  /** The adjoint of `conv2d` in its filter: from dy and x to `out`, shaped like the filter. */
  conv2dFilterGradient(dy: View, x: View, geometry: ConvGeometry, out: View): void;
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
