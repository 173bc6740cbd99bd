import { abs, clip, div, max, mul, square, sum } from '@gradus/autodiff';
import { OptionError, type Tensor } from '@gradus/tensor';
import { checkNumbers, positive } from './checkOptions';

/** How gradients are shortened before a step; at most one of these. Default: not at all. */
export interface ClippingOptions {
  /** The largest magnitude of an element; above 0. */
  readonly clipValue?: number;
  /** The largest norm of one weight's gradient; above 0. */
  readonly clipNorm?: number;
  /** The largest norm of all gradients together; above 0. */
  readonly globalClipNorm?: number;
}

/** Shortens the gradients of all weights of one step. */
export type Clipping = (gradients: readonly Tensor[]) => readonly Tensor[];

/** The names of the options. */
export const clippingNames = ['clipValue', 'clipNorm', 'globalClipNorm'] as const;

/**
 * The clipping that options mean, or `undefined` for none.
 * @throws OptionError if several are given, or one is not above 0.
 */
export function resolveClipping(op: string, options: ClippingOptions): Clipping | undefined {
  const given = clippingNames.filter((name) => options[name] !== undefined);
  if (given.length > 1) {
    const expected = `at most one of ${clippingNames.join(', ')}`;
    throw new OptionError({ op, expected, received: given.join(' and ') });
  }
  const name = given[0];
  if (name === undefined) return undefined;
  const limit = options[name]!;
  checkNumbers(op, positive, { [name]: limit });
  if (name === 'globalClipNorm') return (all) => clipByGlobalNorm(all, limit);
  const clipOne = name === 'clipValue' ? clipByValue : clipByNorm;
  return (all) => all.map((gradient) => clipOne(gradient, limit));
}

/**
 * The gradient with each element moved into [-limit, limit]. NaN stays NaN.
 * @throws OptionError if the limit is not above 0.
 */
export function clipByValue(gradient: Tensor, limit: number): Tensor {
  checkNumbers('clipByValue', positive, { limit });
  return clip(gradient, { min: -limit, max: limit });
}

/**
 * The gradient, shortened to the norm `limit` if it is longer; its direction stays. R. Pascanu,
 * T. Mikolov, Y. Bengio, "On the difficulty of training recurrent neural networks", ICML 2013,
 * arXiv:1211.5063, section 3.2. A gradient that holds NaN stays as it is; of an infinite one, only
 * NaN and zeros are left.
 * @throws OptionError if the limit is not above 0.
 */
export function clipByNorm(gradient: Tensor, limit: number): Tensor {
  checkNumbers('clipByNorm', positive, { limit });
  return shorten(gradient, normOf(gradient), limit);
}

/**
 * The gradients of several weights, all shortened by the same factor if their common norm is larger
 * than `limit`; so the direction of the step stays. Source as of `clipByNorm`.
 * @throws OptionError if the limit is not above 0.
 */
export function clipByGlobalNorm(gradients: readonly Tensor[], limit: number): readonly Tensor[] {
  checkNumbers('clipByGlobalNorm', positive, { limit });
  const norm = globalNorm(gradients);
  return gradients.map((gradient) => shorten(gradient, norm, limit));
}

/** The root of the sum of squares of all elements of all tensors; 0 if there are none. */
export function globalNorm(tensors: readonly Tensor[]): number {
  return Math.hypot(...tensors.map(normOf));
}

/** Compares so that NaN, which is not larger than anything, shortens nothing. */
function shorten(gradient: Tensor, norm: number, limit: number): Tensor {
  return norm > limit ? mul(gradient, limit / norm) : gradient;
}

/** Below, squares of float32 numbers lose digits, and then vanish. */
const smallestPlainNorm = 1e-15;

/** Exploding gradients are what clipping is for: their squares may well be beyond float32. */
function normOf(x: Tensor): number {
  if (x.size === 0) return 0;
  const plain = Math.sqrt(sum(square(x)).item());
  if (Number.isNaN(plain) || (plain > smallestPlainNorm && plain < Infinity)) return plain;
  const largest = max(abs(x)).item();
  if (largest === 0 || largest === Infinity) return largest;
  return largest * Math.sqrt(sum(square(div(x, largest))).item());
}
