import { add, mul, sub, sum } from '@gradus/autodiff';
import { OptionError, zeros, type Tensor } from '@gradus/tensor';
import { extremeEigenvalues } from './tridiagonal';

/** Options of `conjugateGradients`. */
export interface ConjugateGradientsOptions {
  /** The matrix as a function: symmetric, positive definite, linear. */
  readonly multiply: (x: Tensor) => Tensor;
  /** The right-hand side. */
  readonly b: Tensor;
  /** Most steps to make. Default: the number of unknowns. */
  readonly maxIterations?: number;
  /** The residual's norm over that of b at which to stop. Default 1e-10. */
  readonly tolerance?: number;
}

/** The state after one step. */
export interface ConjugateGradientsStep {
  /** Counts from 1. */
  readonly iteration: number;
  readonly solution: Tensor;
  /** The residual's norm over that of b. */
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
 * 2003, section 6.7.3); they give the condition number.
 * @throws OptionError if A turns out not to be positive definite.
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
 * @throws OptionError if A turns out not to be positive definite.
 */
export function* conjugateGradientSteps({
  multiply,
  b,
  maxIterations = b.size,
  tolerance = 1e-10,
}: ConjugateGradientsOptions): Generator<ConjugateGradientsStep, ConjugateGradientsResult> {
  let x: Tensor = zeros(b.shape, b.dtype);
  let residual = b;
  let direction = b;
  let squared = dot(residual, residual);
  const scale = Math.sqrt(squared);
  const alphas: number[] = [];
  const betas: number[] = [];
  const relative = (): number => (scale === 0 ? 0 : Math.sqrt(squared) / scale);
  while (alphas.length < maxIterations && relative() > tolerance) {
    const image = multiply(direction);
    const alpha = squared / positiveCurvature(dot(direction, image));
    x = add(x, mul(direction, alpha));
    residual = sub(residual, mul(image, alpha));
    const next = dot(residual, residual);
    const beta = next / squared;
    direction = add(residual, mul(direction, beta));
    squared = next;
    alphas.push(alpha);
    betas.push(beta);
    yield { iteration: alphas.length, solution: x, relativeResidual: relative() };
  }
  return {
    solution: x,
    iterations: alphas.length,
    relativeResidual: relative(),
    conditionNumber: conditionNumber(alphas, betas),
  };
}

function dot(a: Tensor, b: Tensor): number {
  return sum(mul(a, b)).item();
}

function positiveCurvature(curvature: number): number {
  if (curvature > 0) return curvature;
  throw new OptionError({
    op: 'conjugateGradients',
    expected: 'a positive definite matrix',
    received: `one with <d, A d> = ${curvature}`,
  });
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
