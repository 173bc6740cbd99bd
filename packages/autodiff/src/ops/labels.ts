import { newTensor } from '@gradus/kernels';
import {
  arrayStorage,
  DTypeError,
  isFloat,
  newTypedArray,
  OptionError,
  rowMajor,
  ShapeError,
  Tensor,
  formatShape,
  sameShape,
  sizeOf,
  type FloatDType,
  type Shape,
} from '@gradus/tensor';
import { defineOp } from '../op';
import { mul } from './arithmetic';
import { softmaxMinusTargets } from './crossEntropy';
import { reshape } from './shape';

/**
 * Rows of zeros with a 1 at the place that each label names: from labels [...] of int32 or uint8, each
 * from 0 to depth - 1, a tensor [..., depth].
 * @throws DTypeError if the labels are no whole numbers.
 * @throws OptionError if a label is out of range.
 */
export function oneHot<D extends FloatDType = 'float32'>(
  labels: Tensor,
  depth: number,
  dtype: D = 'float32' as D,
): Tensor<D> {
  const data = newTypedArray(dtype, labels.size * depth);
  checkedLabels('oneHot', labels, depth).forEach((label, i) => (data[i * depth + label] = 1));
  return new Tensor(arrayStorage(dtype, data), rowMajor([...labels.shape, depth]));
}

/**
 * The cross-entropy -log p of each label, where p are the probabilities softmax(logits): from logits
 * [..., classes] and labels [...] a tensor [...]: `softmaxCrossEntropy` of `oneHot` labels.
 * The second argument is the labels, int32 or uint8, each from 0 to classes - 1.
 * @throws ShapeError if there is not one label for each row of logits.
 * @throws DTypeError if the labels are no whole numbers.
 * @throws OptionError if a label is out of range.
 */
export const sparseSoftmaxCrossEntropy = defineOp({
  name: 'sparseSoftmaxCrossEntropy',
  inputs: ['logits'],
  shape: ({ logits }, labels: Tensor) => labelsShape(logits, labels.shape),
  compute: (backend, { logits }, labels, out) => {
    const classes = logits.shape.at(-1)!;
    const places = checkedLabels('sparseSoftmaxCrossEntropy', labels, classes);
    const logProbabilities = newTensor(backend, out.dtype, logits.shape);
    backend.mapRows('logSoftmax', logits, logProbabilities);
    const [from, to] = [logProbabilities.data, out.data];
    places.forEach((label, i) => (to[out.offset + i] = 0 - from[i * classes + label]!));
  },
  gradient: (dy, { inputs: { logits }, attributes: labels }) => ({
    logits: (): Tensor => {
      const dtype = logits.dtype as FloatDType;
      const targets = oneHot(labels, logits.shape.at(-1)!, dtype);
      return mul(reshape(dy, [...dy.shape, 1]), softmaxMinusTargets(logits, targets));
    },
  }),
  samples: [
    { inputs: { logits: '3c' }, attributes: sampleLabels(3), sizes: { c: [3, 4] } },
    { inputs: { logits: 'c' }, attributes: sampleLabels(), sizes: { c: 3 } },
  ],
});

/** The labels 0, 2, 1, 0, ... */
function sampleLabels(...shape: Shape): Tensor {
  const data = Int32Array.from({ length: sizeOf(shape) }, (_, i) => (2 * i) % 3);
  return new Tensor(arrayStorage('int32', data), rowMajor(shape));
}

function labelsShape(logits: Shape, labels: Shape): Shape {
  const expected = logits.slice(0, -1);
  if (logits.length > 0 && sameShape(labels, expected)) return expected;
  throw new ShapeError({
    op: 'sparseSoftmaxCrossEntropy',
    expected: 'logits [..., classes] and labels [...], one for each row',
    received: `logits ${formatShape(logits)} and labels ${formatShape(labels)}`,
  });
}

/** The labels in order. */
function checkedLabels(op: string, labels: Tensor, classes: number): readonly number[] {
  if (isFloat(labels.dtype)) {
    throw new DTypeError({
      op,
      expected: 'int32 or uint8 labels',
      received: labels.dtype,
      hint: "Convert them: cast(labels, 'int32').",
    });
  }
  const places = [...labels.toTypedArray()];
  const odd = places.findIndex((label) => label < 0 || label >= classes);
  if (odd < 0) return places;
  throw new OptionError({
    op,
    expected: `labels from 0 to ${classes - 1}`,
    received: `${places[odd]} at ${odd}`,
  });
}
