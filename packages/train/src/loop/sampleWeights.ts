import { tensorsOf, type Value } from '@gradus/layers';
import { formatShape, isFloat, OptionError, ShapeError, Tensor, tensor } from '@gradus/tensor';
import { checkObjects, wrongOption } from '@gradus/tensor/options';

/** How much samples count in the loss. */
export interface SampleWeightOptions {
  /** A factor for each class of the targets, which are labels or one-hot rows, such as `{ 0: 1, 1: 4 }`. */
  readonly classWeight?: Readonly<Record<number, number>> | undefined;
  /** A factor for each sample, [samples]. */
  readonly sampleWeight?: Tensor | undefined;
}

/**
 * A factor for each sample, [samples], float64; or none if all count alike.
 * @throws ShapeError if there is not one weight for each sample, or targets have no classes.
 * @throws OptionError if a weight is negative or not finite, or a class has none.
 */
export function sampleWeightsOf(
  op: string,
  y: Value,
  { classWeight, sampleWeight }: SampleWeightOptions,
): Tensor | undefined {
  if (classWeight === undefined && sampleWeight === undefined) return undefined;
  const samples = tensorsOf(y)[0]![1].shape[0]!;
  const weights = new Float64Array(samples).fill(1);
  if (sampleWeight !== undefined) {
    if (!(sampleWeight instanceof Tensor)) {
      throw wrongOption(op, 'sampleWeight to be a tensor', sampleWeight);
    }
    checkSampleWeight(op, sampleWeight, samples);
    weights.set(sampleWeight.toTypedArray());
  }
  if (classWeight !== undefined) {
    checkObjects(op, { classWeight });
    classesOf(op, y).forEach((label, i) => (weights[i]! *= weightOf(op, classWeight, label)));
  }
  weights.forEach((weight, i) => checkWeight(op, weight, i));
  return tensor(weights, [samples]);
}

function checkSampleWeight(op: string, { shape }: Tensor, samples: number): void {
  if (shape.length === 1 && shape[0] === samples) return;
  throw new ShapeError({
    op,
    expected: `sampleWeight [${samples}], a number for each sample`,
    received: formatShape(shape),
  });
}

/** The class of each sample: its label, or the place of the largest number of its row. */
function classesOf(op: string, y: Value): readonly number[] {
  const parts = tensorsOf(y);
  const [, targets] = parts[0]!;
  const { shape } = targets;
  const values = [...targets.toTypedArray()];
  const isLabels = shape.length === 1 || (shape.length === 2 && shape[1] === 1);
  if (parts.length === 1 && isLabels && (!isFloat(targets.dtype) || values.every(Number.isInteger)))
    return values;
  if (parts.length === 1 && shape.length === 2) {
    const classes = shape[1]!;
    return Array.from({ length: shape[0]! }, (_, i) => {
      const row = values.slice(i * classes, (i + 1) * classes);
      return row.indexOf(Math.max(...row));
    });
  }
  throw new ShapeError({
    op,
    expected: 'one output with a label or a one-hot row for each sample, as classWeight is given',
    received: parts.map(([, part]) => formatShape(part.shape)).join(' and '),
  });
}

function weightOf(op: string, weights: Readonly<Record<number, number>>, label: number): number {
  const weight = weights[label];
  if (weight !== undefined) return weight;
  throw new OptionError({
    op,
    expected: `classWeight for every class`,
    received: `none for class ${label}`,
  });
}

function checkWeight(op: string, weight: number, sample: number): void {
  if (weight >= 0 && weight < Infinity) return;
  throw new OptionError({
    op,
    expected: 'weights of samples that are finite and at least 0',
    received: `${weight} for sample ${sample}`,
  });
}
