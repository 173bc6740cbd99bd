import { valueAndGrad } from '@gradus/autodiff';
import { StateUpdates, tensorsOf, type Value } from '@gradus/layers';
import type { Tensor } from '@gradus/tensor';
import type { GradientListener } from '../callbacks';
import type { Compiled, Judged } from './compiled';
import type { Meter } from '../loop/meter';
import type { Network } from './network';
import { NonFiniteLossError } from './nonFiniteLossError';
import type { Samples } from '../loop/samples';

/** Has the meter take in a batch; nothing changes. */
export function measureBatch<In extends Value, Out extends Value>(
  network: Network<In, Out>,
  compiled: Compiled,
  batch: Samples<In>,
  meter: Meter,
): void {
  network.compute(() => {
    const judged = judgedOf(batch, network.forward(batch.x));
    compiled.measure(meter, judged, compiled.loss(judged, network.penalty()));
  });
}

/** Who looks at a step. */
export interface StepWatch {
  readonly meter: Meter;
  readonly listeners: ReadonlySet<GradientListener>;
}

/**
 * Makes one optimizer step on a batch, and has the meter take in what was before it.
 * @throws NonFiniteLossError if the loss is infinite or NaN; the weights then stay as they were.
 */
export function trainStep<In extends Value, Out extends Value>(
  network: Network<In, Out>,
  compiled: Compiled,
  batch: Samples<In>,
  { meter, listeners }: StepWatch,
): void {
  network.compute(() => {
    const weights = network.variables.filter((variable) => variable.trainable);
    const step = compiled.optimizer.iterations;
    const state = new StateUpdates();
    let loss = NaN;
    const { grads } = valueAndGrad(() => {
      const yPred = network.forward(batch.x, { step, update: state.update });
      const judged = judgedOf(batch, yPred);
      const losses = compiled.loss(judged, network.penalty());
      loss = losses.value;
      // A step that fails is not measured: training may be resumed before it.
      if (Number.isFinite(loss)) compiled.measure(meter, judged, losses);
      return losses.total;
    }, weights);
    if (!Number.isFinite(loss)) {
      throw new NonFiniteLossError(step, loss, network.originOfNonFinite(batch.x, batch.y, step));
    }
    if (listeners.size > 0) {
      const gradients = new Map(weights.map(({ name }, i) => [name, grads[i]!]));
      for (const listener of listeners) listener(gradients);
    }
    compiled.optimizer.step(weights, grads);
    state.apply();
    network.constrain();
  });
}

/** Targets and predictions in the order of the outputs. */
function judgedOf({ y, weights }: Samples, yPred: Value): Judged {
  const list = (value: Value): Tensor[] => tensorsOf(value).map(([, tensor]) => tensor);
  return { yTrue: list(y), yPred: list(yPred), sampleWeight: weights };
}
