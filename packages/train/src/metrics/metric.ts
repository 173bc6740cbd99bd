import type { Json } from '@gradus/layers';
import { Tensor } from '@gradus/tensor';
import { savedCounts } from './savedCounts';

/** Takes in batches, and says what they amount to so far. */
export interface Measurement {
  /** Looks at one more batch: targets and predictions, [batch, ...]. */
  add(yTrue: Tensor, yPred: Tensor): void;
  /** Of all batches so far. */
  readonly value: number;
  /**
   * What it has counted so far, as JSON, so that an epoch that is resumed in its midst is measured
   * whole. Without it, only the rest of that epoch is measured.
   */
  state?(): Json;
  /** Goes on from what `state` gave. */
  restore?(state: Json): void;
}

/**
 * How good predictions are: a number from targets and predictions [batch, ...] that is averaged over
 * batches, each counted by its samples. The function's name is its name in the logs.
 */
export type MetricFunction = (yTrue: Tensor, yPred: Tensor) => number;

/** What cannot be averaged over batches, such as precision: it is measured anew in each epoch. */
export interface MetricDefinition {
  /** Its name in the logs. */
  readonly name: string;
  start(): Measurement;
  /** The function that made it of options, by which it is saved; none if no function did. */
  readonly kind?: string;
  /** Those options. */
  readonly config?: Readonly<Record<string, unknown>>;
}

/** How good predictions are. */
export type Metric = MetricFunction | MetricDefinition;

/** Options of metrics that are measured by counting. */
export interface MetricOptions {
  /** Its name in the logs. Default: that of the function that makes it. */
  readonly name?: string;
}

/** The kind and the options of a metric that the function of that name makes. */
export function madeOf(kind: string, config: object): Pick<MetricDefinition, 'kind' | 'config'> {
  return { kind, config: Object.freeze({ ...config }) };
}

/** Begins to measure: what is a function becomes a mean over the samples, NaN before the first. */
export function startMetric(metric: Metric): Measurement {
  return typeof metric === 'function' ? meanOf(metric, metric.name) : metric.start();
}

/**
 * The mean over all samples of what a function, for example a loss, gives for each batch, under a name
 * of its own: `meanMetric('error', huber({ delta: 2 }))`.
 */
export function meanMetric(
  name: string,
  measure: (yTrue: Tensor, yPred: Tensor) => Tensor | number,
): MetricDefinition {
  return { name, start: () => meanOf(measure, name) };
}

/** The mean over all samples, NaN before the first. */
export function meanOf(
  measure: (yTrue: Tensor, yPred: Tensor) => Tensor | number,
  name: string,
): Required<Measurement> {
  let total = 0;
  let samples = 0;
  return {
    add(yTrue, yPred) {
      const measured = measure(yTrue, yPred);
      const count = yPred.shape[0] ?? 1;
      total += (measured instanceof Tensor ? measured.item() : measured) * count;
      samples += count;
    },
    get value() {
      return total / samples;
    },
    state: () => [total, samples],
    restore(state) {
      [total, samples] = savedCounts(name, state, 2) as [number, number];
    },
  };
}
