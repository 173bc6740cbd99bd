import type { JsonObject } from '@gradus/layers';
import type { Tensor } from '@gradus/tensor';
import type { Logs } from './logs';
import { startMetric, type Measurement, type Metric } from '../metrics';
import { savedCounts } from '../metrics/savedCounts';

/** What is measured batch by batch over an epoch or a data set, as far as it has got. */
export class Meter {
  private readonly means = new Map<string, Mean>();
  private readonly measurements: ReadonlyMap<string, Measurement>;

  /** @param metrics by the names that they have in the logs. */
  constructor(metrics: ReadonlyMap<string, Metric> = new Map<string, Metric>()) {
    this.measurements = new Map([...metrics].map(([name, metric]) => [name, startMetric(metric)]));
  }

  /** Takes in a mean over some samples, such as the loss of a batch: the last one may be smaller. */
  add(name: string, value: number, samples: number): void {
    const { total, count } = this.means.get(name) ?? { total: 0, count: 0 };
    this.means.set(name, { total: total + value * samples, count: count + samples });
  }

  /** Has a metric look at a batch. */
  measure(name: string, yTrue: Tensor, yPred: Tensor): void {
    this.measurements.get(name)!.add(yTrue, yPred);
  }

  /** All by name: means first, in the order in which they came, then the metrics. */
  get logs(): Logs {
    const logs: Record<string, number> = {};
    for (const [name, { total, count }] of this.means) logs[name] = total / count;
    for (const [name, { value }] of this.measurements) logs[name] = value;
    return logs;
  }

  /** All that was counted so far, to go on from; without metrics that do not say theirs. */
  get state(): MeterState {
    const means = [...this.means].map(
      ([name, { total, count }]) => [name, [total, count]] as const,
    );
    const metrics = [...this.measurements].flatMap(([name, measurement]) => {
      const state = measurement.state?.();
      return state === undefined ? [] : [[name, state] as const];
    });
    return { means: Object.fromEntries(means), metrics: Object.fromEntries(metrics) };
  }

  /**
   * Goes on from a state. Metrics that are not in it begin anew.
   * @throws OptionError if a number is missing, as in a file that was changed.
   */
  restore({ means, metrics }: MeterState): void {
    for (const [name, state] of Object.entries(means)) {
      const [total, count] = savedCounts(name, state, 2) as [number, number];
      this.means.set(name, { total, count });
    }
    for (const [name, measurement] of this.measurements) {
      if (Object.hasOwn(metrics, name)) measurement.restore?.(metrics[name]!);
    }
  }
}

/** What a meter has counted so far, as JSON. */
export interface MeterState {
  /** For each mean the total, and the number of samples. */
  readonly means: JsonObject;
  readonly metrics: JsonObject;
}

interface Mean {
  readonly total: number;
  readonly count: number;
}
