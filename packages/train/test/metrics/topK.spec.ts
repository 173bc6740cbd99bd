import { OptionError, ShapeError, tensor, type Tensor } from '@gradus/tensor';
import { expect } from 'chai';
import {
  sparseTopKCategoricalAccuracy,
  startMetric,
  topKCategoricalAccuracy,
  type MetricDefinition,
} from '../../src/index';

const scores = tensor([0.1, 0.4, 0.3, 0.2, 0.25, 0.25, 0.25, 0.25, 4, 3, 2, 1], [3, 4]);

function measured(metric: MetricDefinition, yTrue: Tensor, yPred = scores): number {
  const measurement = startMetric(metric);
  measurement.add(yTrue, yPred);
  return measurement.value;
}

describe('Top-k accuracies', () => {
  const labels = tensor(Int32Array.of(2, 3, 3));
  const oneHot = tensor([0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 1], [3, 4]);
  // The labels' places are 2nd, 1st with three others, and 4th.
  for (const [k, expected] of [
    [1, 1 / 3],
    [2, 2 / 3],
    [3, 2 / 3],
    [4, 1],
    [9, 1],
  ] as const) {
    it(`find the class among the ${k} largest predictions`, () => {
      expect(measured(sparseTopKCategoricalAccuracy({ k }), labels)).to.equal(expected);
      expect(measured(topKCategoricalAccuracy({ k }), oneHot)).to.equal(expected);
    });
  }

  it('take k = 5 unless they are told', () => {
    const six = tensor([6, 5, 4, 3, 2, 1, 6, 5, 4, 3, 2, 1], [2, 6]);
    const last = tensor(Int32Array.of(4, 5));
    expect(measured(sparseTopKCategoricalAccuracy(), last, six)).to.equal(1 / 2);
  });

  it('do not find what is no class, or no number', () => {
    const metric = sparseTopKCategoricalAccuracy({ k: 4 });
    expect(measured(metric, tensor(Int32Array.of(-1, 4, 0)))).to.equal(1 / 3);
    expect(measured(metric, tensor(Int32Array.of(0)), tensor([[NaN, 1, 2]]))).to.equal(0);
  });

  it('refuse what does not fit, in their own names', () => {
    for (const make of [topKCategoricalAccuracy, sparseTopKCategoricalAccuracy]) {
      expect(make().name).to.equal(make.name);
      expect(make({ name: 'top' }).name).to.equal('top');
      for (const k of [0, 1.5, NaN]) {
        expect(() => make({ k }))
          .to.throw(OptionError)
          .with.property(
            'message',
            `${make.name}: expected k to be a whole number of at least 1; received ${k}.`,
          );
      }
    }
    expect(() => measured(topKCategoricalAccuracy(), labels)).to.throw(
      ShapeError,
      "topKCategoricalAccuracy: expected predictions of the targets' shape [3]; received [3, 4]. " +
        'For labels of classes take sparse',
    );
    expect(() => measured(sparseTopKCategoricalAccuracy(), oneHot)).to.throw(
      ShapeError,
      'sparseTopKCategoricalAccuracy: expected labels [...]',
    );
  });
});
