import { add, cast, div, mul, sub, sum } from '@gradus/autodiff';
import {
  formatShape,
  OptionError,
  sameShape,
  ShapeError,
  zeros,
  type Tensor,
} from '@gradus/tensor';
import { extremeEigenvalues } from './tridiagonal';

/** Options of `conjugateGradients`. */
export interface ConjugateGradientsOptions {
  /** The matrix as a function: symmetric, positive definite, linear. */
  readonly multiply: (x: Tensor) => Tensor;
  /** The right-hand side, of any shape. */
  readonly b: Tensor;
  /** Most steps to make. Default: the number of unknowns. */
  readonly maxIterations?: number;
  /** The residual's norm over that of b at which to stop; above 0. Default 1e-10. */
  readonly tolerance?: number;
}

/** The state after one step. */
export interface ConjugateGradientsStep {
  /** Counts from 1. */
  readonly iteration: number;
  readonly solution: Tensor;
  /** The residual's norm over that of b, as the recursion carries it along. */
  readonly relativeResidual: number;
}

/** What conjugate gradients found out about a linear system. */
export interface ConjugateGradientsResult {
  readonly solution: Tensor;
  readonly iterations: number;
  /** The residual's norm over that of b. */
  readonly relativeResidual: number;
  /**
   * The largest over the smallest eigenvalue that the iteration has seen: a lower bound of the
   * matrix's condition number, close to it once the iteration has converged.
   */
  readonly conditionNumber: number;
}

/**
 * Solves A x = b by the method of conjugate gradients: M. R. Hestenes, E. Stiefel, J. Res. Nat. Bur.
 * Standards 49, 1952. It needs A only as a function, so A may be "convolve, then take the adjoint".
 * Its coefficients are those of the Lanczos process, whose tridiagonal matrix has eigenvalues near
 * the extreme ones of A (Y. Saad, "Iterative Methods for Sparse Linear Systems", 2nd edition, SIAM
 * 2003, section 6.7.3); they give the condition number. For b = 0 the solution is 0, without a step.
 * @throws OptionError if A turns out not to be positive definite, b holds other than finite numbers,
 *   or an option is out of range.
 * @throws ShapeError if A x is not shaped like x.
 */
export function conjugateGradients(options: ConjugateGradientsOptions): ConjugateGradientsResult {
  const steps = conjugateGradientSteps(options);
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value;
}

/**
 * `conjugateGradients`, one step at a time: to show progress, to stop early, or to let others run
 * in between.
 * @throws what `conjugateGradients` throws, at the first step.
 */
export function* conjugateGradientSteps({
  multiply,
  b,
  maxIterations = b.size,
  tolerance = 1e-10,
}: ConjugateGradientsOptions): Generator<ConjugateGradientsStep, ConjugateGradientsResult> {
  checkOptions(maxIterations, tolerance);
  const scale = largestMagnitude(b);
  let x: Tensor = zeros(b.shape, b.dtype);
  let residual = scale === 0 ? b : div(b, scale);
  let direction = residual;
  let squared = dot(residual, residual);
  const first = squared;
  const alphas: number[] = [];
  const betas: number[] = [];
  const relative = (): number => (first === 0 ? 0 : Math.sqrt(squared / first));
  while (alphas.length < maxIterations && relative() > tolerance) {
    const image = multiply(direction);
    checkImage(image, b);
    const alpha = squared / positiveCurvature(dot(direction, image));
    x = add(x, mul(direction, alpha));
    residual = sub(residual, mul(image, alpha));
    const next = dot(residual, residual);
    const beta = next / squared;
    direction = add(residual, mul(direction, beta));
    squared = next;
    alphas.push(alpha);
    betas.push(beta);
    yield { iteration: alphas.length, solution: mul(x, scale), relativeResidual: relative() };
  }
  return {
    solution: mul(x, scale),
    iterations: alphas.length,
    relativeResidual: relative(),
    conditionNumber: conditionNumber(alphas, betas),
  };
}

function checkOptions(maxIterations: number, tolerance: number): void {
  if (!(maxIterations >= 0)) throw outOfRange('maxIterations of at least 0', maxIterations);
  if (!(tolerance > 0)) throw outOfRange('tolerance above 0', tolerance);
}

/** The largest magnitude in b, by which it is divided lest squares of small numbers vanish. */
function largestMagnitude(b: Tensor): number {
  let largest = 0;
  for (const value of b.toTypedArray()) largest = Math.max(largest, Math.abs(value));
  if (Number.isFinite(largest)) return largest;
  throw outOfRange('b of finite numbers', largest);
}

function checkImage(image: Tensor, b: Tensor): void {
  if (sameShape(image.shape, b.shape)) return;
  throw new ShapeError({
    op: 'conjugateGradients',
    expected: `multiply(x) to be shaped like x, ${formatShape(b.shape)}`,
    received: formatShape(image.shape),
  });
}

/** In float64, whatever the element type: squares of float32 numbers go beyond its range. */
function dot(a: Tensor, b: Tensor): number {
  return sum(mul(cast(a, 'float64'), cast(b, 'float64'))).item();
}

function positiveCurvature(curvature: number): number {
  if (curvature > 0 && curvature < Infinity) return curvature;
  throw new OptionError({
    op: 'conjugateGradients',
    expected: 'a positive definite matrix',
    received: `one with <d, A d> = ${curvature}`,
  });
}

function outOfRange(expected: string, value: number): OptionError {
  return new OptionError({ op: 'conjugateGradients', expected, received: String(value) });
}

/** The Lanczos matrix from the steps alpha and beta, and the ratio of its extreme eigenvalues. */
function conditionNumber(alphas: readonly number[], betas: readonly number[]): number {
  if (alphas.length === 0) return 1;
  const diagonal = alphas.map(
    (alpha, i) => 1 / alpha + (i > 0 ? betas[i - 1]! / alphas[i - 1]! : 0),
  );
  const offDiagonal = alphas.slice(0, -1).map((alpha, i) => Math.sqrt(betas[i]!) / alpha);
  const { smallest, largest } = extremeEigenvalues(diagonal, offDiagonal);
  return largest / smallest;
}
