import { OptionError, type Tensor } from '@gradus/tensor';
import {
  checkFlags,
  checkFunctions,
  checkWhole,
  optionsOf,
  refuseOthers,
} from '@gradus/tensor/options';
import type { Callback } from './callback';
import { histogram, type Histogram } from './histogram';

/** Options of `weightHistograms`. */
export interface WeightHistogramsOptions {
  /** How many bins there are. Default 30. */
  readonly bins?: number;
  /** After how many epochs each: 1, the default, is after every one. */
  readonly every?: number;
  /** Which weights, by their names such as `model/0_conv2d/kernel`. Default: all. */
  readonly filter?: (name: string) => boolean;
  /** Whether to look at gradients too, those of the last step of the epoch. Default false. */
  readonly gradients?: boolean;
}

/** How the numbers of one weight, or of its gradient, were distributed after an epoch. */
export interface WeightHistogram extends Histogram {
  /** Counts from 0. */
  readonly epoch: number;
  /** The weight's name. */
  readonly name: string;
  readonly of: 'weight' | 'gradient';
}

/** A callback that keeps what it saw. */
export interface WeightHistograms extends Callback {
  /** In the order of epochs and weights. */
  readonly records: readonly WeightHistogram[];
}

/**
 * Keeps histograms of weights, and of gradients, as training goes on: do they spread, vanish, explode?
 * `viz.histogramChart` draws them. An epoch that is stopped before its last step has no gradients.
 * @throws OptionError if an option is unknown or out of its range, or the model shows no gradients.
 */
export function weightHistograms(options: WeightHistogramsOptions = {}): WeightHistograms {
  const op = 'weightHistograms';
  refuseOthers(op, ['bins', 'every', 'filter', 'gradients'], optionsOf(op, options));
  const { bins = 30, every = 1, filter = () => true, gradients = false } = options;
  checkWhole(op, { bins, every }, 1);
  checkFunctions(op, { filter });
  checkFlags(op, { gradients });
  const records: WeightHistogram[] = [];
  /** Of the gradients of the step that may turn out to be the epoch's last one. */
  let ofLastStep: WeightHistogram[] = [];
  let epochNow = 0;
  let stopObserving: (() => void) | undefined;
  const isDue = (epoch: number): boolean => (epoch + 1) % every === 0;
  const measured = (of: WeightHistogram['of'], name: string, x: Tensor): WeightHistogram[] =>
    filter(name) ? [{ epoch: epochNow, name, of, ...histogram(x, { bins }) }] : [];
  const stop = (): void => {
    stopObserving?.();
    stopObserving = undefined;
  };
  return {
    records,
    onTrainBegin({ model }) {
      records.length = 0;
      ofLastStep = [];
      stop();
      if (!gradients || model.observeGradients !== undefined) return;
      throw new OptionError({
        op,
        expected: 'a model that shows its gradients',
        received: 'one without observeGradients(listener)',
      });
    },
    onEpochBegin(epoch) {
      epochNow = epoch;
    },
    onBatchBegin(batch, { model, steps }) {
      // Where nobody knows which step is the last one, it may be any.
      const mayBeLast = steps === undefined || batch === steps - 1;
      if (!gradients || !mayBeLast || !isDue(epochNow)) return;
      stopObserving = model.observeGradients?.((shown) => {
        ofLastStep = [...shown].flatMap(([name, gradient]) => measured('gradient', name, gradient));
      });
    },
    onBatchEnd: stop,
    onEpochEnd(epoch, _, { model, cutShort }) {
      if (!cutShort) records.push(...ofLastStep);
      ofLastStep = [];
      if (!isDue(epoch)) return;
      for (const { name, value } of model.variables) {
        records.push(...measured('weight', name, value));
      }
    },
    onTrainEnd: stop,
  };
}
