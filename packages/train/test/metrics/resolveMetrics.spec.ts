import { OptionError, tensor } from '@gradus/tensor';
import { expect } from 'chai';
import {
  accuracy,
  auc,
  binaryAccuracy,
  categoricalAccuracy,
  f1Score,
  huber,
  meanIoU,
  meanMetric,
  metricFactories,
  precision,
  recall,
  resolveMetrics,
  rootMeanSquaredError,
  sparseCategoricalAccuracy,
  sparseTopKCategoricalAccuracy,
  startMetric,
  topKCategoricalAccuracy,
  type Metric,
  type MetricFunction,
  type MetricName,
} from '../../src/index';

const wanted =
  'metrics that are functions, have a name and start(), are called like a loss, or are among ' +
  'accuracy, acc, binaryAccuracy, categoricalAccuracy, sparseCategoricalAccuracy, ' +
  'topKCategoricalAccuracy, sparseTopKCategoricalAccuracy, precision, recall, f1Score, auc, ' +
  'rootMeanSquaredError, cosineSimilarity';

describe('resolveMetrics', () => {
  it('keeps the names by which metrics were asked for', () => {
    const own: MetricFunction = () => 7;
    const area = auc({ name: 'area' });
    const names = [
      'accuracy',
      'acc',
      'binaryAccuracy',
      'categoricalAccuracy',
      'sparseCategoricalAccuracy',
    ] as const;
    const resolved = resolveMetrics([...names, own, area]);
    expect([...resolved]).to.deep.equal([
      ['accuracy', accuracy],
      ['acc', accuracy],
      ['binaryAccuracy', binaryAccuracy],
      ['categoricalAccuracy', categoricalAccuracy],
      ['sparseCategoricalAccuracy', sparseCategoricalAccuracy],
      ['own', own],
      ['area', area],
    ]);
  });

  // Differences 1 and -3; as decisions, one right and one wrong.
  const yTrue = tensor([1, 0], [2, 1]);
  const yPred = tensor([2, 3], [2, 1]);
  const values: readonly [MetricName, number][] = [
    ['mse', 5],
    ['meanSquaredError', 5],
    ['mae', 2],
    ['rootMeanSquaredError', Math.sqrt(5)],
    ['huber', 1.5],
    ['precision', 0.5],
    ['recall', 1],
    ['f1Score', 2 / 3],
    ['auc', 0],
    // The second row of targets has no length.
    ['cosineSimilarity', 0.5],
  ];
  for (const [name, expected] of values) {
    it(`measures ${name} by its name`, () => {
      const measurement = startMetric(resolveMetrics([name]).get(name)!);
      measurement.add(yTrue, yPred);
      expect(measurement.value).to.be.closeTo(expected, 1e-6);
    });
  }

  const wrong: readonly [string, unknown[], string][] = [
    ['another name', ['rmse'], `${wanted}; received 'rmse'.`],
    ['what only looks like a name', ['toString'], `${wanted}; received 'toString'.`],
    ['null', [null], `${wanted}; received null.`],
    ['an object without start', [{ name: 'own' }], `${wanted}; received an object.`],
    ['an object without a name', [{ start: () => 0 }], `${wanted}; received an object.`],
    [
      'a name twice',
      ['acc', 'acc'],
      "metrics with names of their own, other than loss; received 'acc' again.",
    ],
    [
      'a function without a name',
      [() => 1],
      "metrics with names of their own, other than loss; received ''.",
    ],
    ['loss', ['loss'], "metrics with names of their own, other than loss; received 'loss'."],
    [
      'a function that makes metrics',
      [precision],
      'a metric; received precision, which makes one. Call it, precision(), or give its name.',
    ],
  ];
  for (const [what, metrics, text] of wrong) {
    it(`refuses ${what}`, () => {
      expect(() => resolveMetrics(metrics as MetricName[]))
        .to.throw(OptionError)
        .with.property('message', `compile: expected ${text}`);
    });
  }
});

describe('A metric that was made of options', () => {
  const made = {
    precision: precision({ classId: 1, threshold: 0.25 }),
    recall: recall({ name: 'found' }),
    f1Score: f1Score({ threshold: 0.75 }),
    auc: auc({ classId: 0 }),
    meanIoU: meanIoU({ classes: 3 }),
    rootMeanSquaredError: rootMeanSquaredError({ name: 'rmse' }),
    topKCategoricalAccuracy: topKCategoricalAccuracy({ k: 2 }),
    sparseTopKCategoricalAccuracy: sparseTopKCategoricalAccuracy({ k: 3 }),
  };

  it('knows of what and by which function, so that it can be saved', () => {
    expect(Object.keys(metricFactories)).to.have.members(Object.keys(made));
    for (const [kind, metric] of Object.entries(made)) {
      expect(metric.kind).to.equal(kind);
      const make = metricFactories[kind as keyof typeof made];
      const again = make(JSON.parse(JSON.stringify(metric.config)) as never);
      expect(again.config, kind).to.deep.equal(metric.config);
      expect(again.name).to.equal(metric.name);
    }
    expect(made.precision.config).to.deep.equal({ classId: 1, threshold: 0.25 });
  });
});

describe('startMetric', () => {
  it('makes the mean over the samples of a function, batches counted by their samples', () => {
    const first: Metric = (yTrue) => yTrue.toTypedArray()[0]!;
    const measurement = startMetric(first);
    expect(measurement.value).to.be.NaN;
    measurement.add(tensor([1, 9, 9]), tensor([0, 0, 0]));
    expect(measurement.value).to.equal(1);
    measurement.add(tensor([5]), tensor([0]));
    expect(measurement.value).to.equal(2);
  });

  it('begins anew each time', () => {
    for (const metric of [accuracy, precision(), auc(), meanMetric('error', huber())]) {
      const values = [0, 1].map(() => {
        const measurement = startMetric(metric);
        measurement.add(tensor([1, 0, 1, 0]), tensor([0.75, 0.25, 0.25, 0.75]));
        return measurement.value;
      });
      expect(values[0], metric.name).to.equal(values[1]);
    }
  });
});
