import { fill, type FloatDType, type Shape, type Tensor } from '@gradus/tensor';
import { tensors } from '@gradus/tensor/testing';
import fc from 'fast-check';
import type { LossImplementation, PredictionKind, TargetKind } from './implementation';

/** Where to try a loss. */
export interface LossCase {
  readonly yTrue: Tensor;
  readonly yPred: Tensor;
}

/** Shapes [batch, ..., classes]: now and then with an axis more, of at least 2 classes. */
export const predictionShapes: fc.Arbitrary<Shape> = fc
  .record({
    batch: fc.integer({ min: 1, max: 4 }),
    more: fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 1 }),
    classes: fc.integer({ min: 2, max: 5 }),
  })
  .map(({ batch, more, classes }) => [batch, ...more, classes]);

/** Targets and predictions as the loss wants them. */
export function lossCases(subject: LossImplementation): fc.Arbitrary<LossCase> {
  return predictionShapes.chain((shape) =>
    fc.record({ yTrue: targets(subject, shape), yPred: predictions(subject, shape) }),
  );
}

/** Targets, and two predictions for them. */
export function twoPredictions(
  subject: LossImplementation,
): fc.Arbitrary<LossCase & { readonly other: Tensor }> {
  return predictionShapes.chain((shape) =>
    fc.record({
      yTrue: targets(subject, shape),
      yPred: predictions(subject, shape),
      other: predictions(subject, shape),
    }),
  );
}

/** Predictions of a shape, of the kind that the loss wants. */
export function predictions(
  { dtype, properties }: LossImplementation,
  shape: Shape,
): fc.Arbitrary<Tensor> {
  const draw: Readonly<Record<PredictionKind, () => fc.Arbitrary<Tensor>>> = {
    numbers: () => tensors(shape, { dtype }),
    positive: () => tensors(shape, { dtype, domain: { low: 1 / 64, high: 4 } }),
    probabilities: () => tensors(shape, { dtype, domain: { low: 1 / 64, high: 63 / 64 } }),
    distributions: () => distributions(shape, dtype, 1),
    logits: () => tensors(shape, { dtype, domain: { low: -8, high: 8 } }),
  };
  return draw[properties.predictions]();
}

/** Targets for predictions of a shape, of the kind that the loss wants. */
export function targets(
  { dtype, properties }: LossImplementation,
  shape: Shape,
): fc.Arbitrary<Tensor> {
  const draw: Readonly<Record<TargetKind, () => fc.Arbitrary<Tensor>>> = {
    numbers: () => tensors(shape, { dtype }),
    positive: () => tensors(shape, { dtype, domain: { low: 1 / 64, high: 4 } }),
    probabilities: () => tensors(shape, { dtype, domain: { low: 0, high: 1 } }),
    sides: () =>
      tensors(shape, { dtype: 'int32', domain: { low: 0, high: 1 } }).map((sides) =>
        fill(shape, (n) => 2 * sides.data[n]! - 1, dtype),
      ),
    distributions: () => distributions(shape, dtype, 0),
    oneHot: () => labels(shape).map((classes) => asOneHot(classes, shape, dtype)),
    labels: () => labels(shape),
  };
  return draw[properties.targets]();
}

/** Labels as rows of one 1 and zeros. */
export function asOneHot(classes: Tensor, shape: Shape, dtype: FloatDType): Tensor {
  const size = shape.at(-1)!;
  const numbers = classes.toTypedArray();
  return fill(shape, (n) => Number(numbers[Math.floor(n / size)] === n % size), dtype);
}

function labels(shape: Shape): fc.Arbitrary<Tensor> {
  const domain = { low: 0, high: shape.at(-1)! - 1 };
  return tensors(shape.slice(0, -1), { dtype: 'int32', domain });
}

/**
 * Rows of multiples of 1/64 that add up to exactly 1, each at least `least` of them: the lengths of the
 * pieces of a line of 64 pieces that is cut at random.
 */
function distributions(shape: Shape, dtype: FloatDType, least: 0 | 1): fc.Arbitrary<Tensor> {
  const classes = shape.at(-1)!;
  const rest = 64 - least * classes;
  const row = fc
    .array(fc.nat({ max: rest }), { minLength: classes - 1, maxLength: classes - 1 })
    .map((cuts) => {
      const ends = [...cuts.sort((a, b) => a - b), rest];
      return ends.map((end, i) => (end - (ends[i - 1] ?? 0) + least) / 64);
    });
  const rows = shape.slice(0, -1).reduce((product, size) => product * size, 1);
  return fc
    .array(row, { minLength: rows, maxLength: rows })
    .map((numbers) => fill(shape, (n) => numbers[Math.floor(n / classes)]![n % classes]!, dtype));
}
