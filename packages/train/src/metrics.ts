import { OptionError, type Tensor } from '@gradus/tensor';
import { checkAlike } from './checkAlike';
import { asLabels } from './crossentropy';

/**
 * How good predictions are: the mean over the samples of a batch, from targets and predictions
 * [batch, ...]. The function's name is its name in the logs.
 */
export type Metric = (yTrue: Tensor, yPred: Tensor) => number;

/**
 * How many predictions are on the side of 0.5 that their target, 0 or 1, is on; from 0 to 1.
 * @throws ShapeError or DTypeError if targets and predictions differ.
 */
export const binaryAccuracy: Metric = (yTrue, yPred) => {
  checkAlike('binaryAccuracy', yTrue, yPred);
  const targets = yTrue.toTypedArray();
  return shareOf(yPred.toTypedArray(), (p, i) => (p > 0.5 ? 1 : 0) === targets[i]);
};

/**
 * How many rows [..., classes] have their largest prediction where the target is largest; from 0 to 1.
 * @throws ShapeError or DTypeError if targets and predictions differ.
 */
export const categoricalAccuracy: Metric = (yTrue, yPred) => {
  checkAlike('categoricalAccuracy', yTrue, yPred);
  const classes = largestOfRows(yTrue);
  return shareOf(largestOfRows(yPred), (predicted, i) => predicted === classes[i]);
};

/**
 * How many rows [..., classes] have their largest prediction where the label [...] says; from 0 to 1.
 * @throws ShapeError if labels do not fit the predictions.
 */
export const sparseCategoricalAccuracy: Metric = (yTrue, yPred) => {
  const labels = asLabels('sparseCategoricalAccuracy', yTrue, yPred).toTypedArray();
  return shareOf(largestOfRows(yPred), (predicted, i) => predicted === labels[i]);
};

/**
 * The accuracy that the shapes call for, as in Keras: binary for predictions [..., 1], sparse for
 * labels [...] or [..., 1] of predictions [..., classes], categorical otherwise.
 * @throws ShapeError or DTypeError if targets and predictions do not fit.
 */
export const accuracy: Metric = (yTrue, yPred) => {
  if (yPred.rank < 2 || yPred.shape.at(-1) === 1) return binaryAccuracy(yTrue, yPred);
  const isSparse = yTrue.rank < yPred.rank || yTrue.shape.at(-1) === 1;
  return isSparse ? sparseCategoricalAccuracy(yTrue, yPred) : categoricalAccuracy(yTrue, yPred);
};

const byName = {
  accuracy,
  acc: accuracy,
  binaryAccuracy,
  categoricalAccuracy,
  sparseCategoricalAccuracy,
} as const;

/** A metric by Keras's name. */
export type MetricName = keyof typeof byName;

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
    const name = typeof metric === 'function' ? metric.name : metric;
    if (name === '' || name === 'loss' || resolved.has(name)) {
      throw new OptionError({
        op: 'compile',
        expected: 'metrics with names of their own, other than loss',
        received: `'${name}'${resolved.has(name) ? ' again' : ''}`,
      });
    }
    resolved.set(name, typeof metric === 'function' ? metric : named(metric));
  }
  return resolved;
}

function named(name: MetricName): Metric {
  if (Object.hasOwn(byName, name)) return byName[name];
  throw new OptionError({
    op: 'compile',
    expected: `metrics that are functions or among ${Object.keys(byName).join(', ')}`,
    received: `'${String(name)}'`,
  });
}

/** The place of each row's largest number, the first of several. */
function largestOfRows(x: Tensor): Int32Array {
  const values = x.toTypedArray();
  const columns = x.shape.at(-1)!;
  return Int32Array.from({ length: values.length / columns }, (_, row) => {
    let largest = row * columns;
    for (let i = largest + 1; i < (row + 1) * columns; i++) {
      if (values[i]! > values[largest]!) largest = i;
    }
    return largest - row * columns;
  });
}

/** The share, from 0 to 1, of the values that hold what is asked. */
function shareOf(values: Tensor['data'], holds: (value: number, i: number) => boolean): number {
  let count = 0;
  values.forEach((value, i) => (count += holds(value, i) ? 1 : 0));
  return count / values.length;
}
