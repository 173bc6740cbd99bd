import { newTensor } from '@gradus/kernels';
import {
  formatShape,
  sameShape,
  ShapeError,
  type Tensor,
  toTypedArray,
  type Shape,
} from '@gradus/tensor';
import { defineOp } from '../op';
import { mul, neg, sub } from './arithmetic';
import { sum } from './reduction';
import { reshape } from './shape';
import { logSoftmax, softmax } from './softmax';

/*
 * With p = softmax(z), the cross-entropy of targets t is -sum(t log p), and its gradient with respect
 * to z is p sum(t) - t (C. M. Bishop, "Pattern Recognition and Machine Learning", Springer 2006,
 * equation 4.109, where the targets add up to 1). The logarithm is never taken of a rounded p.
 */

const alongLast = { axis: -1, keepDims: true };

/** Several rows of several classes: their gradients do not all cancel at once. */
const samples = [
  { inputs: { logits: 'mn', targets: 'mn' }, sizes: { m: [2, 3], n: [3, 5] } },
] as const;

/**
 * The cross-entropy -sum(targets log softmax(logits)) of each row, from logits and targets
 * [..., classes] a tensor [...].
 * @throws ShapeError if logits and targets differ, or are scalars.
 */
export const softmaxCrossEntropy = defineOp({
  name: 'softmaxCrossEntropy',
  inputs: ['logits', 'targets'],
  shape: ({ logits, targets }) => rowsShape('softmaxCrossEntropy', logits, targets),
  compute(backend, { logits, targets }, _, out) {
    const logarithms = newTensor(backend, out.dtype, logits.shape);
    backend.mapRows('logSoftmax', logits, logarithms);
    const [from, weights, to] = [logarithms.data, toTypedArray(targets), out.data];
    const classes = logits.shape.at(-1)!;
    for (let row = 0; row < out.size; row++) {
      let total = 0;
      for (let i = row * classes; i < (row + 1) * classes; i++) total -= weights[i]! * from[i]!;
      to[out.offset + row] = total;
    }
  },
  gradient: (dy, { inputs: { logits, targets } }) => ({
    logits: (): Tensor => mul(asColumn(dy), softmaxMinusTargets(logits, targets)),
    targets: (): Tensor => neg(mul(asColumn(dy), logSoftmax(logits))),
  }),
  samples,
});

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
  samples,
});

/** A number for each row, to be broadcast along it. */
function asColumn(x: Tensor): Tensor {
  return reshape(x, [...x.shape, 1]);
}

function rowsShape(op: string, logits: Shape, targets: Shape): Shape {
  if (logits.length > 0 && sameShape(logits, targets)) return logits.slice(0, -1);
  throw new ShapeError({
    op,
    expected: 'logits and targets [..., classes]',
    received: `${formatShape(logits)} and ${formatShape(targets)}`,
  });
}
