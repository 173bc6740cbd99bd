import {
  cast,
  mean,
  mul,
  reshape,
  sum,
  valueAndGrad,
  withBackend,
  type Backend,
} from '@gradus/autodiff';
import { compareGradients, requireDecided } from '@gradus/autodiff/testing';
import { takeRows } from '@gradus/data';
import { formatShape, range, sameShape, ShapeError, type Tensor, type View } from '@gradus/tensor';
import { expectClose, named } from '@gradus/tensor/testing';
import type { Loss } from '../src/index';

/** What must hold of a loss, and where to try it. Nothing has a default: a check says what it checks. */
export interface LossCheck {
  /** Begins the messages. */
  readonly name: string;
  /** Where to compute, the engine that defines the result first. */
  readonly engines: readonly Backend[];
  /** Targets [batch, ...], batch of 2 or more; float64, or integers that name classes. */
  readonly yTrue: Tensor;
  /** Predictions [batch, ...] in float64, at least 1/1000 away from any kink of the loss. */
  readonly yPred: Tensor;
  /**
   * What the loss is where the predictions are the targets: 0, or its minimum, which need not be 0
   * (cross-entropy), or nothing in particular (predictions that are logits). The first two also say
   * that it is nowhere smaller; that is tried at `yPred`.
   */
  readonly atTargets: 'zero' | 'minimum' | 'anything';
}

/** Largest differences allowed, relative to the largest number compared. */
const tolerances = { exact: 1e-12, gradient: 1e-6, float32: 1e-5 } as const;

/**
 * Checks a loss on every engine. In float64: it is a finite scalar, the same as on the first engine,
 * and its gradient with respect to the predictions is that of central differences. In float32: value
 * and gradient are close to those. It refuses targets of another shape, which broadcasting would
 * accept, with a ShapeError. And it is what it should be where predictions equal targets. If it has
 * `perSample`, that gives each sample's own loss, whose mean it is, and whose weighted sum has the
 * gradient of central differences.
 * @throws Error that says what differed, where, and by how much.
 */
export function checkLoss(loss: Loss, check: LossCheck): void {
  const { name, engines, yTrue, yPred } = check;
  if (!(yTrue.shape[0]! >= 2) || yPred.dtype !== 'float64' || engines.length === 0) {
    throw new Error(
      `${name}: expected two or more targets, float64 predictions and an engine to check with.`,
    );
  }
  const expected = named(name, () => withBackend(engines[0]!, () => evaluated(loss, yTrue, yPred)));
  for (const engine of engines) {
    named(`${name} on ${engine.name}`, () =>
      withBackend(engine, () => {
        checkValue(loss, check, expected);
        checkGradient(loss, check);
        checkFloat32(loss, check, expected);
        checkRefusals(loss, check);
        if (loss.perSample !== undefined) checkPerSample(loss, loss.perSample, check);
        if (check.atTargets !== 'anything') checkAtTargets(loss, check);
      }),
    );
  }
}

interface Evaluated {
  readonly value: Tensor;
  readonly gradient: Tensor;
}

function evaluated(loss: Loss, yTrue: Tensor, yPred: Tensor): Evaluated {
  const { value, grads } = valueAndGrad(() => loss(yTrue, yPred), [yPred]);
  return { value, gradient: grads[0] };
}

function checkValue(loss: Loss, { yTrue, yPred }: LossCheck, expected: Evaluated): void {
  const value = loss(yTrue, yPred);
  if (value.rank !== 0 || value.dtype !== 'float64' || !Number.isFinite(value.item())) {
    throw new Error(`expected a finite float64 scalar []; received ${value.toString()}.`);
  }
  close('value against the first engine', value, expected.value, tolerances.exact);
}

function checkGradient(loss: Loss, { yTrue, yPred }: LossCheck): void {
  compareGradient('gradient against central differences', yPred, (at) => loss(yTrue, at));
}

/** Compares the gradient of a scalar function of predictions with central differences. */
function compareGradient(label: string, yPred: Tensor, f: (yPred: Tensor) => Tensor): void {
  const { value, grads } = valueAndGrad(() => f(yPred), [yPred]);
  const report = compareGradients(
    {
      value: ([at]) => f(at!).item(),
      at: [yPred],
      gradients: grads,
      names: ['yPred'],
      labels: [label],
      atPoint: value.item(),
    },
    { tolerance: tolerances.gradient },
  );
  requireDecided(label, report, 0);
}

function checkFloat32(loss: Loss, { yTrue, yPred }: LossCheck, expected: Evaluated): void {
  const targets = yTrue.dtype === 'float64' ? cast(yTrue, 'float32') : yTrue;
  const { value, gradient } = evaluated(loss, targets, cast(yPred, 'float32'));
  if (value.dtype !== 'float32') {
    throw new Error(`expected float32 of float32 predictions; received ${value.dtype}.`);
  }
  close('float32 value', value, expected.value, tolerances.float32);
  close('float32 gradient', gradient, expected.gradient, tolerances.float32);
}

/** Targets of one sample only, and with an axis too many: both broadcast, and both are mistakes. */
function checkRefusals(loss: Loss, { yTrue, yPred }: LossCheck): void {
  for (const targets of [takeRows(yTrue, [0]), reshape(yTrue, [1, ...yTrue.shape])]) {
    if (refuses(loss, targets, yPred)) continue;
    throw new Error(
      `expected a ShapeError for targets ${formatShape(targets.shape)} and predictions ` +
        `${formatShape(yPred.shape)}; there was none.`,
    );
  }
}

function checkAtTargets(loss: Loss, { yTrue, yPred, atTargets }: LossCheck): void {
  // Exchanged, they are as good a sample; a loss that forgot to take magnitudes changes its sign.
  for (const [targets, predictions] of [
    [yTrue, yPred],
    [yPred, yTrue],
  ] as const) {
    const least = loss(targets, targets).item();
    const elsewhere = loss(targets, predictions).item();
    if (atTargets === 'zero' && least !== 0) {
      throw new Error(`expected 0 where predictions equal targets; received ${least}.`);
    }
    if (least <= elsewhere) continue;
    throw new Error(
      `expected no value below ${least}, that at the targets; received ${elsewhere} elsewhere.`,
    );
  }
}

function checkPerSample(loss: Loss, perSample: Loss, check: LossCheck): void {
  const { yTrue, yPred } = check;
  const batch = yPred.shape[0]!;
  const each = perSample(yTrue, yPred);
  if (!sameShape(each.shape, [batch]) || each.dtype !== 'float64') {
    throw new Error(
      `expected perSample to give float64 [${batch}]; received ${each.dtype} ` +
        `${formatShape(each.shape)}.`,
    );
  }
  close('the mean of perSample', mean(each), loss(yTrue, yPred), tolerances.exact);
  for (let i = 0; i < batch; i++) {
    const alone = loss(takeRows(yTrue, [i]), takeRows(yPred, [i]));
    close(`sample ${i} of perSample`, takeRows(each, [i]), reshape(alone, [1]), tolerances.exact);
  }
  const weights = range(1, batch + 1, { dtype: 'float64' });
  const weighted = (at: Tensor): Tensor => sum(mul(weights, perSample(yTrue, at)));
  compareGradient('gradient of weighted perSample', yPred, weighted);
  named('perSample', () => checkRefusals(perSample, check));
}

function close(what: string, actual: View, expected: View, relative: number): void {
  named(what, () => expectClose(actual, expected, { relative }));
}

/** Whether targets of this shape are refused as they should be. */
function refuses(loss: Loss, targets: Tensor, yPred: Tensor): boolean {
  try {
    loss(targets, yPred);
    return false;
  } catch (error) {
    return error instanceof ShapeError;
  }
}
