import { OptionError } from '@gradus/tensor';
import { inWords } from '@gradus/tensor/options';
import { lossesByName, type LossName } from '../losses/resolveLoss';
import {
  accuracy,
  binaryAccuracy,
  categoricalAccuracy,
  sparseCategoricalAccuracy,
} from './accuracy';
import { auc } from './auc';
import { meanIoU } from './confusionMatrix';
import { f1Score, precision, recall } from './decisions';
import { meanCosine, rootMeanSquaredError } from './errors';
import { meanMetric, type Metric } from './metric';
import { sparseTopKCategoricalAccuracy, topKCategoricalAccuracy } from './topK';

/** The metrics by Keras's names, with their defaults; besides, the losses' names mean their means. */
export const metricsByName = {
  accuracy,
  acc: accuracy,
  binaryAccuracy,
  categoricalAccuracy,
  sparseCategoricalAccuracy,
  topKCategoricalAccuracy: topKCategoricalAccuracy(),
  sparseTopKCategoricalAccuracy: sparseTopKCategoricalAccuracy(),
  precision: precision(),
  recall: recall(),
  f1Score: f1Score(),
  auc: auc(),
  rootMeanSquaredError: rootMeanSquaredError(),
  cosineSimilarity: meanCosine,
} as const satisfies Readonly<Record<string, Metric>>;

/** Those that make a metric of options; its `kind` is their name. */
export const metricFactories = {
  precision,
  recall,
  f1Score,
  auc,
  meanIoU,
  rootMeanSquaredError,
  topKCategoricalAccuracy,
  sparseTopKCategoricalAccuracy,
} as const;

/** A metric by Keras's name; the losses' names mean their means. */
export type MetricName = keyof typeof metricsByName | LossName;

/**
 * The metrics that an option means, under the names they have in the logs: those by which they were
 * asked for.
 * @throws OptionError if there is none of a name, a function has none, or two have the same.
 */
export function resolveMetrics(
  metrics: readonly (Metric | MetricName)[],
): ReadonlyMap<string, Metric> {
  const resolved = new Map<string, Metric>();
  for (const metric of metrics) {
    const name = typeof metric === 'string' ? metric : checkMetric(metric).name;
    if (name === '' || name === 'loss' || resolved.has(name)) {
      throw new OptionError({
        op: 'compile',
        expected: 'metrics with names of their own, other than loss',
        received: `'${name}'${resolved.has(name) ? ' again' : ''}`,
      });
    }
    resolved.set(name, typeof metric === 'string' ? named(metric) : metric);
  }
  return resolved;
}

function named(name: MetricName): Metric {
  if (hasKey(metricsByName, name)) return metricsByName[name];
  if (hasKey(lossesByName, name)) return meanMetric(name, lossesByName[name]);
  throw unknown(name);
}

function hasKey<T extends object>(record: T, key: PropertyKey): key is keyof T {
  return Object.hasOwn(record, key);
}

/** A function that makes a metric, without its parentheses, would be given targets as options. */
function checkMetric(metric: Metric): Metric {
  const factory = Object.entries(metricFactories).find(([, make]) => Object.is(make, metric));
  if (factory !== undefined) {
    const [name] = factory;
    throw new OptionError({
      op: 'compile',
      expected: 'a metric',
      received: `${name}, which makes one`,
      hint: `Call it, ${name}(), or give its name.`,
    });
  }
  if (typeof metric === 'function') return metric;
  const { name, start } = (metric ?? {}) as Partial<Exclude<Metric, (...args: never) => unknown>>;
  if (typeof name === 'string' && typeof start === 'function') return metric;
  throw unknown(metric);
}

function unknown(metric: unknown): OptionError {
  return new OptionError({
    op: 'compile',
    expected:
      'metrics that are functions, have a name and start(), are called like a loss, or are among ' +
      Object.keys(metricsByName).join(', '),
    received: inWords(metric),
  });
}
