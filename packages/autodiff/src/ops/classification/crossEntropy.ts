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
import { mean, sum } from '../reductions/reduction';
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
  shape: (shapes, options: CrossEntropyOptions | undefined) =>
    resultShape('softmaxCrossEntropy', shapes, options),
  compute(backend, { logits, targets }, options, out) {
    const logarithms = newTensor(backend, out.dtype, logits.shape);
    backend.mapRows('logSoftmax', logits, logarithms);
    const [from, weights, to] = [logarithms.data, toTypedArray(targets), out.data];
    const isMean = options?.reduction === 'mean';
    const [rows, classes] = [rowsOf(logits.shape), logits.shape.at(-1)!];
    let total = 0;
    for (let row = 0; row < rows; row++) {
      let loss = 0;
      for (let i = row * classes; i < (row + 1) * classes; i++) loss -= weights[i]! * from[i]!;
      if (isMean) total += loss;
      else to[out.offset + row] = loss;
    }
    if (isMean) to[out.offset] = total / rows;
  },
  gradient: (dy, { inputs: { logits, targets }, attributes }) => ({
    logits: (): Tensor => softmaxCrossEntropyGradient(dy, logits, targets, attributes),
    targets: (): Tensor => neg(mul(slopeOf(dy, logits.shape, attributes), logSoftmax(logits))),
  }),
  samples: [several, { ...several, attributes: { reduction: 'mean' } }],
});

function rowsOf(shape: Shape): number {
  return sizeOf(shape.slice(0, -1));
}

/**
 * The gradient of `softmaxCrossEntropy` with respect to its logits, slope (softmax(logits) sum(targets) -
 * targets) row by row: from dy, shaped like the result, and logits and targets [..., classes].
 * @throws ShapeError if they do not fit.
 */
export const softmaxCrossEntropyGradient = defineOp({
  name: 'softmaxCrossEntropyGradient',
  inputs: ['dy', 'logits', 'targets'],
  shape({ dy, logits, targets }, options: CrossEntropyOptions | undefined) {
    const op = 'softmaxCrossEntropyGradient';
    const expected = resultShape(op, { logits, targets }, options);
    if (sameShape(dy, expected)) return logits;
    throw new ShapeError({
      op,
      expected: `dy ${formatShape(expected)}, shaped like the result`,
      received: formatShape(dy),
    });
  },
  compute(backend, { dy, logits, targets }, options, out) {
    backend.mapRows('softmax', logits, out);
    const [slopes, weights, to] = [toTypedArray(dy), toTypedArray(targets), out.data];
    const isMean = options?.reduction === 'mean';
    const [rows, classes] = [rowsOf(logits.shape), logits.shape.at(-1)!];
    for (let row = 0, first = 0; row < rows; row++, first += classes) {
      const slope = isMean ? slopes[0]! / rows : slopes[row]!;
      let total = 0;
      for (let i = first; i < first + classes; i++) total += weights[i]!;
      for (let i = first; i < first + classes; i++) {
        to[out.offset + i] = slope * (to[out.offset + i]! * total - weights[i]!);
      }
    }
  },
  gradient(ddz, { inputs: { dy, logits, targets }, attributes }) {
    const p = once(() => softmax(logits));
    const total = once(() => sum(targets, alongLast));
    const scaled = once(() => mul(ddz, slopeOf(dy, logits.shape, attributes)));
    return {
      dy: (): Tensor => {
        const perRow = sum(mul(ddz, sub(mul(p(), total()), targets)), { axis: -1 });
        return attributes?.reduction === 'mean' ? mean(perRow) : perRow;
      },
      logits: (): Tensor => {
        const slope = mul(total(), scaled());
        return mul(p(), sub(slope, sum(mul(p(), slope), alongLast)));
      },
      targets: (): Tensor => sub(sum(mul(scaled(), p()), alongLast), scaled()),
    };
  },
  samples: [
    { ...several, inputs: { ...several.inputs, dy: 'm' } },
    { ...several, inputs: { ...several.inputs, dy: '' }, attributes: { reduction: 'mean' } },
  ],
});

/** By how much the loss grows with the cross-entropy of each row, to be multiplied with [..., classes]. */
function slopeOf(dy: Tensor, logits: Shape, options: CrossEntropyOptions | undefined): Tensor {
  if (options?.reduction === 'mean') return div(dy, rowsOf(logits));
  return reshape(dy, [...dy.shape, 1]);
}

interface CrossEntropyShapes {
  readonly logits: Shape;
  readonly targets: Shape;
}

function resultShape(
  op: string,
  { logits, targets }: CrossEntropyShapes,
  options: CrossEntropyOptions | undefined,
): Shape {
  const { reduction = 'none' } = options ?? {};
  const rows = rowsShape(op, logits, targets);
  if (reduction === 'mean') return [];
  if (reduction === 'none') return rows;
  throw new OptionError({
    op,
    expected: "reduction 'none' or 'mean'",
    received: String(reduction),
  });
}

function rowsShape(op: string, logits: Shape, targets: Shape): Shape {
  if (logits.length > 0 && sameShape(logits, targets)) return logits.slice(0, -1);
  throw new ShapeError({
    op,
    expected: 'logits and targets [..., classes]',
    received: `${formatShape(logits)} and ${formatShape(targets)}`,
  });
}
