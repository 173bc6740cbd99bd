import { OptionError, sameShape, sizeOf, type Tensor } from '@gradus/tensor';
import { checkWhole } from '@gradus/tensor/options';
import { checkTensors } from '../losses/checkAlike';
import { asLabels } from '../losses/labels';

/** Which numbers a metric of yes and no looks at. */
export interface ScoreOptions {
  /** The one class, of predictions [..., classes], that counts. Default: all numbers do. */
  readonly classId?: number | undefined;
}

/** Tells of each prediction, in order, whether its target says yes. */
export type EachScore = (visit: (score: number, isPositive: boolean) => void) => void;

/**
 * Predictions [batch, ...] with targets of the same shape, 0 and 1; or [..., classes] with labels
 * [...], which say yes to one class in each row and no to the others.
 * @throws ShapeError if targets and predictions do not fit.
 * @throws OptionError if there is no such class.
 */
export function eachScore(
  op: string,
  [yTrue, yPred]: readonly [Tensor, Tensor],
  { classId }: ScoreOptions,
): EachScore {
  checkTensors(op, yTrue, yPred);
  const columns = yPred.shape.at(-1) ?? 1;
  if (classId !== undefined && classId >= columns) {
    throw new OptionError({
      op,
      expected: `classId below ${columns}, as predictions have so many classes`,
      received: String(classId),
    });
  }
  const isPositive = positives(op, yTrue, yPred);
  const scores = yPred.toTypedArray();
  return (visit) => {
    const step = classId === undefined ? 1 : columns;
    for (let i = classId ?? 0; i < scores.length; i += step) visit(scores[i]!, isPositive(i));
  };
}

/** @throws OptionError unless it is undefined or a whole number of at least 0. */
export function checkClassId(op: string, classId: number | undefined): void {
  if (classId !== undefined) checkWhole(op, { classId }, 0);
}

function positives(op: string, yTrue: Tensor, yPred: Tensor): (i: number) => boolean {
  const columns = yPred.shape.at(-1) ?? 1;
  const oneEach = columns === 1 && sizeOf(yTrue.shape) === yPred.size;
  if (oneEach || sameShape(yTrue.shape, yPred.shape)) {
    const targets = yTrue.toTypedArray();
    return (i) => targets[i]! > 0.5;
  }
  const labels = asLabels(op, yTrue, yPred).toTypedArray();
  return (i) => labels[Math.floor(i / columns)] === i % columns;
}
