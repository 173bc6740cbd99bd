import { formatShape, sameShape, ShapeError, sizeOf, type Shape } from '@gradus/tensor';

/** The shapes of one sample's labels for predictions [..., classes]. */
export function labelShapes(outputShape: Shape): readonly Shape[] {
  const rows = outputShape.slice(0, -1);
  return [rows, [...rows, 1]];
}

/**
 * The shape of one-hot targets for an output of classes.
 * @throws ShapeError if it has only one class: probabilities that add up to 1 are then always 1.
 */
export function classesOf(op: string, outputShape: Shape): readonly [Shape] {
  if ((outputShape.at(-1) ?? 1) > 1) return [outputShape];
  throw new ShapeError({
    op,
    expected: 'a last layer of at least 2 classes',
    received: formatShape(outputShape),
    hint: 'For yes or no take binaryCrossentropy.',
  });
}

/**
 * What to do about targets that a loss refused because of their shape, where that can be guessed;
 * both shapes with their batch axis, or both without.
 */
export function targetHint(targets: Shape, predictions: Shape): string | undefined {
  if (sameShape(targets, predictions)) {
    return 'For one-hot targets take categoricalCrossentropy.';
  }
  if (sizeOf(targets) === sizeOf(predictions)) {
    return `Give both one shape: reshape(y, ${formatShape(predictions)}).`;
  }
  const isLabels =
    predictions.length > 0 && labelShapes(predictions).some((shape) => sameShape(shape, targets));
  return isLabels ? 'For labels of classes take sparseCategoricalCrossentropy.' : undefined;
}
