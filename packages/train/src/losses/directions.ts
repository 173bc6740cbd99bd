import { add, clip, div, log, mul, neg, sqrt, square, sub, sum } from '@gradus/autodiff';
import type { Tensor } from '@gradus/tensor';
import { defineLoss, type SampleLoss } from './defineLoss';

/*
 * Losses of rows: the last axis is a distribution, or a vector of which only the direction counts. And
 * `poisson`, whose predictions are rates.
 */

const epsilon = 1e-7;
const alongLast = { axis: -1 } as const;

/**
 * The mean over the rows of sum(y log(y / p)), how far the predicted distribution p is from y, both
 * taken between 1e-7 and 1 (S. Kullback and R. A. Leibler, "On Information and Sufficiency", 1951,
 * Annals of Mathematical Statistics 22(1)).
 * @throws ShapeError or DTypeError if targets and predictions differ in shape or element type.
 */
export const kullbackLeiblerDivergence: SampleLoss = defineLoss({
  name: 'kullbackLeiblerDivergence',
  each(yTrue, yPred) {
    const y = clip(yTrue, { min: epsilon, max: 1 });
    const p = clip(yPred, { min: epsilon, max: 1 });
    return sum(mul(y, sub(log(y), log(p))), alongLast);
  },
});

/**
 * Minus the mean over the rows of the cosine between y and p: -1 where they point in one direction, 1
 * where in opposite ones, and 0 where one has no length.
 * @throws ShapeError or DTypeError if targets and predictions differ in shape or element type.
 */
export const cosineSimilarity: SampleLoss = defineLoss({
  name: 'cosineSimilarity',
  each: (yTrue, yPred) => neg(sum(mul(unit(yTrue), unit(yPred)), alongLast)),
});

/** Rows divided by their lengths; shorter ones than 1e-7 by that. */
function unit(x: Tensor): Tensor {
  const squares = sum(square(x), { axis: -1, keepDims: true });
  return div(x, sqrt(clip(squares, { min: epsilon ** 2 })));
}

/**
 * The mean of p - y log(p + 1e-7): how badly counts y fit Poisson distributions of rates p, but for what
 * depends on y alone.
 * @throws ShapeError or DTypeError if targets and predictions differ in shape or element type.
 */
export const poisson: SampleLoss = defineLoss({
  name: 'poisson',
  each: (yTrue, yPred) => sub(yPred, mul(yTrue, log(add(yPred, epsilon)))),
});
