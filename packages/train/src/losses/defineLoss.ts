import { mean } from '@gradus/autodiff';
import {
  DTypeError,
  formatShape,
  isFloat,
  ShapeError,
  type Shape,
  type Tensor,
} from '@gradus/tensor';
import type { Loss, Predictions } from './loss';
import { checkAlike, checkDType } from './checkAlike';

/** A loss that also says how wrong each sample's predictions are. */
export interface SampleLoss extends Loss {
  /** The loss of each sample, [batch]; the loss is the mean of them. */
  readonly perSample: (yTrue: Tensor, yPred: Tensor) => Tensor;
}

/** What a loss consists of. */
interface LossDefinition {
  readonly name: string;
  /** The options that it was made of, if the function of its name made it. */
  readonly config?: object;
  /** Losses of single numbers [batch, ...] or of rows [batch, ...], which are averaged. */
  readonly each: (yTrue: Tensor, yPred: Tensor) => Tensor;
  /** The mean of them, where it can be had at once. */
  readonly mean?: (yTrue: Tensor, yPred: Tensor) => Tensor;
  /** Refuses targets for what they hold, such as numbers that are no probabilities. */
  readonly checkValues?: (op: string, yTrue: Tensor) => void;
  /** Refuses targets that do not fit. Default: also those of another shape or element type. */
  readonly check?: (op: string, yTrue: Tensor, yPred: Tensor) => void;
  readonly targetShapes?: (outputShape: Shape) => readonly Shape[];
  /** What can be said of targets without predictions. Default: the same, but for the shape. */
  readonly checkTargets?: (yTrue: Tensor, predictions: Predictions) => void;
}

/** Makes a loss of what it is for single numbers, or for rows. */
export function defineLoss(definition: LossDefinition): SampleLoss {
  const { name, each, checkValues, targetShapes, config } = definition;
  const {
    check = (op, yTrue, yPred) => {
      checkAlike(op, yTrue, yPred);
      checkValues?.(op, yTrue);
    },
    checkTargets = (yTrue, { dtype }) => {
      checkDType(name, yTrue, dtype);
      checkValues?.(name, yTrue);
    },
  } = definition;
  const checked = (yTrue: Tensor, yPred: Tensor): void => {
    check(name, yTrue, yPred);
    if (isFloat(yPred.dtype)) return;
    throw new DTypeError({
      op: name,
      expected: 'float32 or float64 predictions',
      received: yPred.dtype,
    });
  };
  const loss = (yTrue: Tensor, yPred: Tensor): Tensor => {
    checked(yTrue, yPred);
    return definition.mean?.(yTrue, yPred) ?? mean(each(yTrue, yPred));
  };
  const perSample = (yTrue: Tensor, yPred: Tensor): Tensor => {
    checked(yTrue, yPred);
    return meanOfEach(name, each(yTrue, yPred), yPred.shape);
  };
  Object.defineProperty(loss, 'name', { value: name });
  return Object.assign(loss, {
    perSample,
    checkTargets,
    ...(targetShapes && { targetShapes }),
    ...(config && { kind: name, config: Object.freeze({ ...config }) }),
  });
}

/** The mean over all axes but the first. */
function meanOfEach(op: string, losses: Tensor, predictions: Shape): Tensor {
  if (losses.rank === 0) {
    throw new ShapeError({
      op,
      expected: 'predictions with a first axis of samples',
      received: formatShape(predictions),
    });
  }
  if (losses.rank === 1) return losses;
  return mean(losses, { axis: losses.shape.slice(1).map((_, i) => i + 1) });
}
