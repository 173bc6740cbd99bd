import { reshape } from '@gradus/autodiff';
import {
  DTypeError,
  formatShape,
  isFloat,
  OptionError,
  sameShape,
  ShapeError,
  type Tensor,
} from '@gradus/tensor';
import { checkTensors } from './checkAlike';
import { labelShapes, targetHint } from './targetHint';

/**
 * Labels [...] for predictions [..., classes]; they may have a last axis of size 1.
 * @throws ShapeError if there is not one label for each row of predictions.
 */
export function asLabels(op: string, yTrue: Tensor, yPred: Tensor): Tensor {
  checkTensors(op, yTrue, yPred);
  const [rows, column] = labelShapes(yPred.shape);
  if (yPred.rank > 0 && sameShape(yTrue.shape, rows!)) return yTrue;
  if (yPred.rank > 0 && sameShape(yTrue.shape, column!)) return reshape(yTrue, rows!);
  const isOneHot = sameShape(yTrue.shape, yPred.shape);
  throw new ShapeError({
    op,
    expected: 'labels [...] for predictions [..., classes]',
    received: `${formatShape(yTrue.shape)} and ${formatShape(yPred.shape)}`,
    hint: isOneHot ? targetHint(yTrue.shape, yPred.shape) : undefined,
  });
}

/**
 * @throws DTypeError if labels are not int32 or uint8.
 * @throws OptionError if one is not from 0 to classes - 1.
 */
export function checkLabels(op: string, labels: Tensor, classes: number): void {
  if (isFloat(labels.dtype)) {
    throw new DTypeError({
      op,
      expected: 'int32 or uint8 labels',
      received: labels.dtype,
      hint: "Convert whole numbers: cast(y, 'int32'). For probabilities take categoricalCrossentropy.",
    });
  }
  const values = labels.toTypedArray();
  const odd = values.findIndex((label) => label < 0 || label >= classes);
  if (odd < 0) return;
  throw new OptionError({
    op,
    expected: `labels from 0 to ${classes - 1}`,
    received: `${values[odd]} at ${odd}`,
    hint: 'Labels count from 0, and the last layer has a unit for each class.',
  });
}
