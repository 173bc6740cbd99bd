import { newTensor } from '@gradus/kernels';
import {
  arrayStorage,
  rowMajor,
  ShapeError,
  Tensor,
  formatShape,
  sameShape,
  sizeOf,
  type DType,
  type FloatDType,
  type Shape,
} from '@gradus/tensor';
import { checkWhole } from '@gradus/tensor/options';
import { defineOp } from '../../op';
import { caseOf } from '../../opDefinition';
import { calledAs } from '../calledAs';
import { cast } from '../elementwise/conversion';
import { softmaxCrossEntropyGradient } from './crossEntropy';
import { numbersWithin, wholeNumbers } from '../shapes/indices';
import { knownDType } from '../checks/knownDType';
import { roomFor } from '../checks/roomFor';

interface Hot {
  readonly depth: number;
  readonly dtype: DType;
}

const hot = defineOp({
  name: 'oneHot',
  inputs: ['labels'],
  dtype: (_, { dtype }: Hot) => dtype,
  shape: ({ labels }, { depth }) => roomFor('oneHot', [...labels, depth]),
  compute(_, { labels }, { depth }, out) {
    const places = numbersWithin('oneHot', 'labels', labels, depth);
    const { data, offset } = out;
    data.fill(0, offset, offset + out.size);
    places.forEach((label, i) => (data[offset + i * depth + label] = 1));
  },
  gradient: () => ({ labels: null }),
  samples: [],
});

/**
 * Rows of zeros with a 1 at the place that each label names: from labels [...] of int32 or uint8, each
 * from 0 to depth - 1, a tensor [..., depth] of any element type. No gradient.
 * @throws DTypeError if the labels are no tensor of whole numbers, or there is no such element type.
 * @throws OptionError if a label is out of range, or the depth no whole number.
 */
export const oneHot = calledAs(
  hot.definition,
  <D extends DType = 'float32'>(
    labels: Tensor,
    depth: number,
    dtype: D = 'float32' as D,
  ): Tensor<D> => {
    checkWhole('oneHot', { depth }, 0);
    const attributes = { depth, dtype: knownDType('oneHot', dtype) };
    return hot(wholeNumbers('oneHot', 'labels', labels), attributes) as Tensor<D>;
  },
  () =>
    ['mn', ''].map((labels) =>
      // Inputs of samples are fractions; what lies between two whole numbers is cut off.
      caseOf(hot.definition, { inputs: { labels }, domain: [0, 2.75], kinks: [1, 2] }, ([x]) =>
        hot(cast(x!, 'int32'), { depth: 3, dtype: x!.dtype }),
      ),
    ),
);

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
  shape: ({ logits }, labels: Tensor) => {
    const { shape } = wholeNumbers('sparseSoftmaxCrossEntropy', 'labels', labels);
    return labelsShape(logits, shape);
  },
  compute: (backend, { logits }, labels, out) => {
    const classes = logits.shape.at(-1)!;
    const places = numbersWithin('sparseSoftmaxCrossEntropy', 'labels', labels, classes);
    const logProbabilities = newTensor(backend, out.dtype, logits.shape);
    backend.mapRows('logSoftmax', logits, logProbabilities);
    const [from, to] = [logProbabilities.data, out.data];
    places.forEach((label, i) => (to[out.offset + i] = 0 - from[i * classes + label]!));
  },
  gradient: (dy, { inputs: { logits }, attributes: labels }) => ({
    logits: (): Tensor => {
      const dtype = logits.dtype as FloatDType;
      const targets = oneHot(labels, logits.shape.at(-1)!, dtype);
      return softmaxCrossEntropyGradient(dy, logits, targets);
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
