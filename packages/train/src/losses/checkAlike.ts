import { DTypeError, formatShape, sameShape, ShapeError, Tensor, type DType } from '@gradus/tensor';
import { inWords } from '@gradus/tensor/options';
import { targetHint } from './targetHint';

/**
 * Broadcasting would compute a loss of something else without a word.
 * @throws ShapeError or DTypeError if targets and predictions differ in shape or element type.
 */
export function checkAlike(op: string, yTrue: Tensor, yPred: Tensor): void {
  checkTensors(op, yTrue, yPred);
  if (!sameShape(yTrue.shape, yPred.shape)) {
    throw new ShapeError({
      op,
      expected: `predictions of the targets' shape ${formatShape(yTrue.shape)}`,
      received: formatShape(yPred.shape),
      hint: targetHint(yTrue.shape, yPred.shape),
    });
  }
  checkDType(op, yTrue, yPred.dtype);
}

/** @throws DTypeError unless targets have the predictions' element type. */
export function checkDType(op: string, yTrue: Tensor, dtype: DType): void {
  if (yTrue.dtype === dtype) return;
  throw new DTypeError({
    op,
    expected: `${dtype} targets, as the predictions are`,
    received: yTrue.dtype,
    hint: `Convert them: cast(y, '${dtype}').`,
  });
}

/** @throws DTypeError unless both are tensors, which JavaScript does not check. */
export function checkTensors(op: string, ...values: readonly unknown[]): void {
  for (const value of values) {
    if (value instanceof Tensor) continue;
    throw new DTypeError({
      op,
      expected: 'tensors of targets and predictions',
      received: inWords(value),
    });
  }
}
