import { newTensor } from '@gradus/kernels';
import {
  formatShape,
  OptionError,
  sameShape,
  ShapeError,
  sizeOf,
  type Tensor,
  toTypedArray,
  type Shape,
} from '@gradus/tensor';
import { defineOp } from '../../op';
import { div, mul, neg, sub } from '../elementwise/arithmetic';
import { once } from '../once';
import { sum } from '../reductions/reduction';
import { reshape } from '../shapes/shape';
import { logSoftmax, softmax } from './softmax';

/*
 * With p = softmax(z), the cross-entropy of targets t is -sum(t log p), and its gradient with respect
 * to z is p sum(t) - t (C. M. Bishop, "Pattern Recognition and Machine Learning", Springer 2006,
 * equation 4.109, where the targets add up to 1). The logarithm is never taken of a rounded p.
 */

const alongLast = { axis: -1, keepDims: true };

/** Several rows of several classes: their gradients do not all cancel at once. */
const several = {
  inputs: { logits: 'mn', targets: 'mn' },
  sizes: { m: [2, 3], n: [3, 5] },
} as const;

/** What becomes of the cross-entropies of rows. */
export interface CrossEntropyOptions {
  /** `'none'` (default): they are the result. `'mean'`: their mean is, a scalar. */
  readonly reduction?: 'none' | 'mean';
}

/**
 * The cross-entropy -sum(targets log softmax(logits)) of each row, from logits and targets
 * [..., classes] a tensor [...], or the mean of them.
 * @throws ShapeError if logits and targets differ, or are scalars.
 * @throws OptionError if there is no such reduction.
 */
export const softmaxCrossEntropy = defineOp({
  name: 'softmaxCrossEntropy',
  inputs: ['logits', 'targets'],
  shape({ logits, targets }, options: CrossEntropyOptions | undefined) {
    const { reduction = 'none' } = options ?? {};
    const rows = rowsShape('softmaxCrossEntropy', logits, targets);
    if (reduction === 'mean') return [];
    if (reduction === 'none') return rows;
    throw new OptionError({
      op: 'softmaxCrossEntropy',
      expected: "reduction 'none' or 'mean'",
      received: String(reduction),
    });
  },
  compute(backend, { logits, targets }, options, out) {
    const logarithms = newTensor(backend, out.dtype, logits.shape);
    backend.mapRows('logSoftmax', logits, logarithms);
    const losses = lossesOf(logarithms.data, toTypedArray(targets), rowsOf(logits.shape));
    if (options?.reduction !== 'mean') out.data.set(losses, out.offset);
    else out.data[out.offset] = losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
  },
  gradient(dy, { inputs: { logits, targets }, attributes }) {
    const isMean = attributes?.reduction === 'mean';
    const slope = once(() =>
      isMean ? div(dy, rowsOf(logits.shape)) : reshape(dy, [...dy.shape, 1]),
    );
    return {
      logits: (): Tensor => mul(slope(), softmaxMinusTargets(logits, targets)),
      targets: (): Tensor => neg(mul(slope(), logSoftmax(logits))),
    };
  },
  samples: [several, { ...several, attributes: { reduction: 'mean' } }],
});

function rowsOf(shape: Shape): number {
  return sizeOf(shape.slice(0, -1));
}

/** -sum(weights logarithms) of each row. */
function lossesOf(
  logarithms: ArrayLike<number>,
  weights: ArrayLike<number>,
  rows: number,
): number[] {
  const classes = weights.length / rows;
  return Array.from({ length: rows }, (_, row) => {
    let total = 0;
    for (let i = row * classes; i < (row + 1) * classes; i++) total -= weights[i]! * logarithms[i]!;
    return total;
  });
}

/**
 * softmax(logits) sum(targets) - targets, row by row: the gradient of `softmaxCrossEntropy` with
 * respect to its logits, all [..., classes].
 * @throws ShapeError if logits and targets differ, or are scalars.
 */
export const softmaxMinusTargets = defineOp({
  name: 'softmaxMinusTargets',
  inputs: ['logits', 'targets'],
  shape: ({ logits, targets }) => {
    rowsShape('softmaxMinusTargets', logits, targets);
    return logits;
  },
  compute(backend, { logits, targets }, _, out) {
    backend.mapRows('softmax', logits, out);
    const [weights, to] = [toTypedArray(targets), out.data];
    const classes = logits.shape.at(-1)!;
    for (let first = 0; first < out.size; first += classes) {
      let total = 0;
      for (let i = first; i < first + classes; i++) total += weights[i]!;
      for (let i = first; i < first + classes; i++) {
        to[out.offset + i] = to[out.offset + i]! * total - weights[i]!;
      }
    }
  },
  gradient: (dy, { inputs: { logits, targets } }) => ({
    logits: (): Tensor => {
      const p = softmax(logits);
      const slope = mul(sum(targets, alongLast), dy);
      return mul(p, sub(slope, sum(mul(p, slope), alongLast)));
    },
    targets: (): Tensor => sub(sum(mul(dy, softmax(logits)), alongLast), dy),
  }),
  samples: [several],
});

function rowsShape(op: string, logits: Shape, targets: Shape): Shape {
  if (logits.length > 0 && sameShape(logits, targets)) return logits.slice(0, -1);
  throw new ShapeError({
    op,
    expected: 'logits and targets [..., classes]',
    received: `${formatShape(logits)} and ${formatShape(targets)}`,
  });
}
