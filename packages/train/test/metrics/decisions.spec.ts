import { OptionError, ShapeError, tensor, zeros, type Tensor } from '@gradus/tensor';
import { expect } from 'chai';
import fc from 'fast-check';
import {
  auc,
  f1Score,
  precision,
  recall,
  startMetric,
  type MetricDefinition,
} from '../../src/index';

/** What a metric is after these batches. */
function measured(metric: MetricDefinition, ...batches: readonly [Tensor, Tensor][]): number {
  const measurement = startMetric(metric);
  for (const [yTrue, yPred] of batches) measurement.add(yTrue, yPred);
  return measurement.value;
}

const labels = (...values: number[]): Tensor => tensor(Int32Array.from(values));

describe('precision, recall and f1Score', () => {
  // 2 true positives, 1 false one, 3 positives missed, 2 true negatives.
  const yTrue = tensor([1, 1, 0, 1, 1, 1, 0, 0]);
  const yPred = tensor([0.9, 0.51, 0.6, 0.5, 0.25, 0, 0.5, 0.1]);

  it('count those above the threshold, which itself is below', () => {
    expect(measured(precision(), [yTrue, yPred])).to.equal(2 / 3);
    expect(measured(recall(), [yTrue, yPred])).to.equal(2 / 5);
    expect(measured(f1Score(), [yTrue, yPred])).to.equal(4 / 8);
    const low = { threshold: 0.2 };
    expect(measured(precision(low), [yTrue, yPred])).to.equal(4 / 6);
    expect(measured(recall(low), [yTrue, yPred])).to.equal(4 / 5);
    expect(measured(f1Score(low), [yTrue, yPred])).to.equal(8 / 11);
  });

  it('count over all batches, which is not the mean of the batches', () => {
    const batches: [Tensor, Tensor][] = [
      [tensor([1]), tensor([1])],
      [tensor([0, 0, 0]), tensor([1, 1, 0])],
    ];
    expect(measured(precision(), ...batches)).to.equal(1 / 3);
  });

  it('look at one class of several, or at all', () => {
    const targets = tensor([1, 0, 0, 0, 1, 0, 0, 0, 1], [3, 3]);
    const scores = tensor([0.9, 0.6, 0, 0.75, 0.2, 0, 0.1, 0.1, 0.8], [3, 3]);
    expect(measured(precision({ classId: 0 }), [targets, scores])).to.equal(1 / 2);
    expect(measured(recall({ classId: 1 }), [targets, scores])).to.equal(0);
    expect(measured(precision(), [targets, scores])).to.equal(2 / 4);
    expect(measured(recall(), [targets, scores])).to.equal(2 / 3);
  });

  it('take labels of classes as well as one-hot targets, with or without a last axis', () => {
    const scores = tensor([0.9, 0.6, 0, 0.75, 0.2, 0, 0.1, 0.1, 0.8], [3, 3]);
    const column = tensor(Int32Array.of(0, 1, 2), [3, 1]);
    for (const classes of [labels(0, 1, 2), column]) {
      expect(measured(precision({ classId: 0 }), [classes, scores])).to.equal(1 / 2);
      expect(measured(recall(), [classes, scores])).to.equal(2 / 3);
    }
  });

  it('take targets [batch] for predictions [batch, 1]', () => {
    const one = tensor([0.75, 0.75, 0.25], [3, 1]);
    expect(measured(precision(), [labels(0, 1, 1), one])).to.equal(1 / 2);
  });

  it('are 0 where there is nothing to count', () => {
    for (const metric of [precision(), recall(), f1Score()]) {
      expect(startMetric(metric).value).to.equal(0);
      expect(measured(metric, [zeros([3]), zeros([3])])).to.equal(0);
    }
  });

  it('have the names of their functions, or those they are given', () => {
    expect([precision(), recall(), f1Score(), auc()].map(({ name }) => name)).to.deep.equal([
      'precision',
      'recall',
      'f1Score',
      'auc',
    ]);
    expect(precision({ name: 'cats' }).name).to.equal('cats');
  });

  it('lie together as they must: F1 is the harmonic mean, and no larger than the larger', () => {
    const numbers = fc.array(fc.tuple(fc.boolean(), fc.integer({ min: 0, max: 64 })), {
      minLength: 1,
      maxLength: 12,
    });
    fc.assert(
      fc.property(numbers, (pairs) => {
        const batch: [Tensor, Tensor] = [
          tensor(pairs.map(([yes]) => Number(yes))),
          tensor(pairs.map(([, score]) => score / 64)),
        ];
        const [p, r] = [measured(precision(), batch), measured(recall(), batch)];
        const expected = p + r === 0 ? 0 : (2 * p * r) / (p + r);
        expect(measured(f1Score(), batch)).to.be.closeTo(expected, 1e-12);
      }),
      { numRuns: 100, interruptAfterTimeLimit: 2000 },
    );
  });

  const wrong: readonly [() => unknown, new (...args: never[]) => Error, string][] = [
    [
      () => precision({ threshold: NaN }),
      OptionError,
      'precision: expected threshold to be a finite number; received NaN.',
    ],
    [
      () => recall({ classId: -1 }),
      OptionError,
      'recall: expected classId to be a whole number of at least 0; received -1.',
    ],
    [
      () => f1Score({ name: '' }),
      OptionError,
      "f1Score: expected name to be a text that is not empty; received ''.",
    ],
    [
      () => measured(precision({ classId: 3 }), [labels(0, 1), zeros([2, 3])]),
      OptionError,
      'precision: expected classId below 3, as predictions have so many classes; received 3.',
    ],
    [
      () => measured(recall(), [labels(0, 1, 1), zeros([2, 3])]),
      ShapeError,
      'recall: expected labels [...] for predictions [..., classes]; received [3] and [2, 3].',
    ],
  ];
  for (const [use, type, message] of wrong) {
    it(`say what is wrong: ${message}`, () => {
      expect(use).to.throw(type).with.property('message', message);
    });
  }
});

describe('auc', () => {
  it('is the share of pairs in the right order, equal ones half', () => {
    const yTrue = tensor([0, 0, 1, 1]);
    // Of 4 pairs, (0.4, 0.35) is in the wrong order.
    expect(measured(auc(), [yTrue, tensor([0.1, 0.4, 0.35, 0.8])])).to.equal(3 / 4);
    expect(measured(auc(), [yTrue, tensor([0.5, 0.5, 0.5, 0.5])])).to.equal(1 / 2);
    expect(measured(auc(), [yTrue, tensor([-3, 1, 1, 700])])).to.equal(3.5 / 4);
    expect(measured(auc(), [yTrue, tensor([1, 2, 3, 4])])).to.equal(1);
    expect(measured(auc(), [yTrue, tensor([4, 3, 2, 1])])).to.equal(0);
  });

  it('is that of all pairs, however they are divided into batches', () => {
    const batches = fc.array(
      fc.array(fc.tuple(fc.boolean(), fc.integer({ min: -4, max: 4 })), {
        minLength: 1,
        maxLength: 5,
      }),
      { minLength: 1, maxLength: 4 },
    );
    fc.assert(
      fc.property(batches, (parts) => {
        const all = parts.flat();
        const scores = (yes: boolean) => all.filter(([side]) => side === yes).map(([, s]) => s);
        const pairs = scores(true).flatMap((above) =>
          scores(false).map((below) => (above > below ? 1 : above === below ? 0.5 : 0)),
        );
        const expected =
          pairs.length === 0 ? 0 : pairs.reduce((sum: number, x) => sum + x, 0) / pairs.length;
        const tensors = parts.map((part): [Tensor, Tensor] => [
          tensor(part.map(([yes]) => Number(yes))),
          tensor(part.map(([, score]) => score)),
        ]);
        expect(measured(auc(), ...tensors)).to.be.closeTo(expected, 1e-12);
      }),
      { numRuns: 100, interruptAfterTimeLimit: 2000 },
    );
  });

  it('looks at one class of several, by label', () => {
    const scores = tensor([0.9, 0, 0.2, 0, 0.5, 0], [3, 2]);
    expect(measured(auc({ classId: 0 }), [labels(0, 1, 0), scores])).to.equal(1);
  });

  it('is NaN where a prediction is', () => {
    expect(measured(auc(), [tensor([0, 1]), tensor([NaN, 1])])).to.be.NaN;
  });
});
