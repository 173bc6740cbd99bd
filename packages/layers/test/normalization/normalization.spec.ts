import { fill, OptionError, ShapeError, tensor, zeros, type Tensor } from '@gradus/tensor';
import { expect } from 'chai';
import { adapt, dense, normalization, type Layer } from '../../src/index';
import { checkLayer } from '../../testing';
import { applied, given, scope, weightless } from '../applied';

const meanAndVariance = ({ config }: Layer) => {
  const { mean, variance } = config as { mean: unknown; variance: unknown };
  return { mean, variance };
};

describe('normalization', () => {
  it('keeps the contract of layers', () => {
    const shape = {
      ...weightless,
      input: [2, 3],
      outputShape: (input: readonly number[]) => input,
    };
    checkLayer(normalization({ mean: [1, 2, 3], variance: [4, 1, 9] }), shape);
    checkLayer(normalization({ axis: 1, mean: [1, 2], variance: [4, 1] }), shape);
    checkLayer(normalization({ axis: null, mean: 1, variance: 4 }), shape);
  });

  it('subtracts the mean and divides by the standard deviation, place by place', () => {
    const x = tensor([
      [
        [1, 10],
        [3, 20],
      ],
    ]);
    const of = (layer: Layer) => applied(layer, x).toArray();
    expect(of(normalization({ mean: [1, 10], variance: [4, 25] }))).to.deep.equal([
      [
        [0, 0],
        [1, 2],
      ],
    ]);
    expect(of(normalization({ axis: 1, mean: [1, 3], variance: [1, 4] }))).to.deep.equal([
      [
        [0, 9],
        [0, 8.5],
      ],
    ]);
    const each = { mean: [[1, 0], [0, 0]], variance: [[1, 1], [1, 4]] }; // prettier-ignore
    expect(of(normalization({ axis: [1, 2], ...each }))).to.deep.equal([
      [
        [0, 10],
        [3, 10],
      ],
    ]);
    expect(of(normalization({ axis: null, mean: 1, variance: 4 }))).to.deep.equal([
      [
        [0, 4.5],
        [1, 9.5],
      ],
    ]);
  });

  it('does not divide by 0 where nothing varies', () => {
    const layer = normalization({ mean: [5], variance: [0] });
    expect(applied(layer, tensor([[5]])).item()).to.equal(0);
  });

  const wrong: readonly (readonly [make: () => unknown, message: string])[] = [
    [
      () => normalization({ mean: 1 }),
      'normalization: expected mean and variance together; received the mean alone.',
    ],
    [
      () => normalization({ mean: 0, variance: -1 }),
      'normalization: expected variance to be finite numbers of at least 0; received -1.',
    ],
    [
      () => normalization({ mean: [NaN], variance: [1] }),
      'normalization: expected mean to be finite numbers; received [NaN].',
    ],
    [
      () => normalization().build([2], scope()),
      'normalization: expected a mean and a variance; received none. ' +
        'Measure them: adapt(layer, data) gives a layer that has them.',
    ],
    [
      () => adapt(dense({ units: 1 }), zeros([2, 2])),
      "adapt: expected a normalization layer; received 'dense'.",
    ],
    [
      () => adapt(normalization(), given<Tensor>([1, 2])),
      'adapt: expected a tensor of samples; received [1, 2].',
    ],
    [
      () => adapt(normalization(), tensor([[1], [NaN]])),
      'adapt: expected data of finite numbers; received NaN or infinite ones.',
    ],
  ];
  for (const [make, message] of wrong) {
    it(`refuses: ${message}`, () => {
      expect(make).to.throw(OptionError).with.property('message', message);
    });
  }

  it('refuses numbers that do not fit the samples', () => {
    expect(() => normalization({ mean: [1, 2], variance: [1, 2] }).build([4, 3], scope()))
      .to.throw(ShapeError)
      .with.property(
        'message',
        'normalization: expected mean [3] for samples [4, 3]; received [2].',
      );
    expect(() => adapt(normalization(), zeros([0, 3]))).to.throw(
      'adapt: expected data [samples, ...] with at least one number; received [0, 3].',
    );
  });
});

describe('adapt', () => {
  const data = tensor([
    [1, 10],
    [3, 10],
    [5, 40],
  ]);

  it('measures the mean and the population variance along the axis, in a new recipe', () => {
    const layer = normalization({ name: 'mine' });
    const adapted = adapt(layer, data);
    expect(layer.config).to.deep.equal({ name: 'mine' });
    expect(adapted.name).to.equal('mine');
    expect(meanAndVariance(adapted)).to.deep.equal({ mean: [3, 20], variance: [8 / 3, 200] });
    const all = adapt(normalization({ axis: null }), data);
    // The squares sum to 1835, so 1835 / 6 - 11.5^2.
    expect(meanAndVariance(all)).to.deep.equal({ mean: 11.5, variance: 1041.5 / 6 });
  });

  it('replaces what was measured before', () => {
    const again = adapt(adapt(normalization(), data), tensor([[0, 2]]));
    expect(meanAndVariance(again)).to.deep.equal({ mean: [0, 2], variance: [0, 0] });
  });

  it('takes pixels as they are in files, and more of them than fit at once', () => {
    const samples = 5000;
    const pixels = fill(
      [samples, 300],
      (i) => (i % 300 === 299 ? 255 : Math.floor(i / 300) % 2),
      'uint8',
    );
    const { mean, variance } = meanAndVariance(adapt(normalization(), pixels)) as {
      mean: number[];
      variance: number[];
    };
    expect([mean[0], mean[299], variance[0], variance[299]]).to.deep.equal([0.5, 255, 0.25, 0]);
  });

  it('gives data of mean 0 and variance 1', () => {
    const y = applied(adapt(normalization(), data), data);
    const again = meanAndVariance(adapt(normalization(), y)) as {
      mean: number[];
      variance: number[];
    };
    again.mean.forEach((value) => expect(value).to.be.closeTo(0, 1e-6));
    again.variance.forEach((value) => expect(value).to.be.closeTo(1, 1e-6));
  });
});
