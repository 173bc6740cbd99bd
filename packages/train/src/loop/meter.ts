import type { Tensor } from '@gradus/tensor';
import type { Logs } from './logs';
import { startMetric, type Measurement, type Metric } from '../metrics';

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
}

interface Mean {
  readonly total: number;
  readonly count: number;
}
