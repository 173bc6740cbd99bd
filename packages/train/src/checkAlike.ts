import { DTypeError, formatShape, sameShape, ShapeError, type Tensor } from '@gradus/tensor';

/**
 * Broadcasting would compute a loss of something else without a word.
 * @throws ShapeError or DTypeError if targets and predictions differ in shape or element type.
 */
export function checkAlike(op: string, yTrue: Tensor, yPred: Tensor): void {
  if (!sameShape(yTrue.shape, yPred.shape)) {
    throw new ShapeError({
      op,
      expected: `predictions of the targets' shape ${formatShape(yTrue.shape)}`,
      received: formatShape(yPred.shape),
    });
  }
  if (yTrue.dtype === yPred.dtype) return;
  throw new DTypeError({
    op,
    expected: `${yPred.dtype} targets, as the predictions are`,
    received: yTrue.dtype,
    hint: `Convert them: cast(y, '${yPred.dtype}').`,
  });
}
