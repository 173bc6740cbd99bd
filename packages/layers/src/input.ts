import { checkShape, type Shape } from '@gradus/tensor';

/** Where a model begins: the shape of one sample. */
export interface Input {
  readonly kind: 'input';
  readonly shape: Shape;
}

/**
 * The input of a model.
 * @param shape of one sample, without the batch axis, such as `[28, 28, 1]`.
 * @throws ShapeError if a size is not a whole number of at least 0.
 */
export function input(shape: Shape): Input {
  checkShape('input', shape);
  return { kind: 'input', shape: [...shape] };
}
