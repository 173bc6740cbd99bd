import {
  cast,
  conjugateGradientSteps,
  conv2d,
  conv2dFilterGradient,
  data,
  reshape,
  withBackend,
  type Backend,
  type Tensor,
} from 'gradus';
import type { TrainingData } from './trainingData';

/** The kernel that fits the training data best, found without gradient descent. */
export interface LeastSquares {
  /** Shape [height, width]. */
  readonly kernel: Tensor;
  readonly iterations: number;
  readonly relativeResidual: number;
  /** A lower bound, close once the iteration has converged. */
  readonly conditionNumber: number;
  /** Images it was computed from. */
  readonly images: number;
}

/** Arithmetic that may be spent on it, in floating-point operations: a few seconds. */
const budget = 2e10;
const mostIterations = 40;

/** What to solve, and on what. */
export interface LeastSquaresOptions {
  /** Height and width of the kernel. */
  readonly shape: readonly number[];
  /** How many images, from the first, may be used. */
  readonly images: number;
  readonly engine: Backend;
  readonly onIteration: (done: number, total: number) => Promise<void>;
}

/**
 * Minimises |conv2d(x, w) - y|^2 over w by conjugate gradients on the normal equations A^T A w =
 * A^T y, where A convolves x with w and A^T is its adjoint, the filter gradient. The condition number
 * is that of A^T A.
 */
export async function leastSquaresKernel(
  { x, y }: TrainingData,
  { shape, images, engine, onIteration }: LeastSquaresOptions,
): Promise<LeastSquares> {
  const unknowns = shape[0]! * shape[1]!;
  const maxIterations = Math.min(unknowns, mostIterations);
  const perImage = (4 * unknowns * x.size * maxIterations) / x.shape[0]!;
  const count = Math.max(1, Math.min(images, Math.floor(budget / perImage)));
  const rows = Array.from({ length: count }, (_, i) => i);
  const inputs = cast(data.takeRows(x, rows), 'float64');
  const wanted = cast(data.takeRows(y, rows), 'float64');
  const filterShape = [...shape, 1, 1];
  const adjoint = (dy: Tensor): Tensor =>
    withBackend(engine, () => conv2dFilterGradient(dy, inputs, { filterShape, padding: 'same' }));
  const steps = conjugateGradientSteps({
    multiply: (w) => adjoint(withBackend(engine, () => conv2d(inputs, w, { padding: 'same' }))),
    b: adjoint(wanted),
    maxIterations,
  });
  let step = steps.next();
  while (!step.done) {
    await onIteration(step.value.iteration, maxIterations);
    step = steps.next();
  }
  const { solution, ...found } = step.value;
  return { ...found, images: count, kernel: cast(reshape(solution, shape), 'float32') };
}
