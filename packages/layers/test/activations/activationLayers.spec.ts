import { OptionError, ShapeError, tensor } from '@gradus/tensor';
import { expect } from 'chai';
import {
  activation,
  elu,
  gelu,
  leakyRelu,
  prelu,
  relu,
  selu,
  softmax,
  type Layer,
} from '../../src/index';
import { checkLayer } from '../../testing';
import { applied, given, scope, weightless } from '../applied';

const x = tensor([[-2, -0.5, 0, 0.5, 2]]);
const of = (layer: Layer): number[] => [...applied(layer, x).toTypedArray()];

describe('Each activation layer', () => {
  const layers: readonly Layer[] = [
    activation({ activation: 'tanh' }),
    relu(),
    // No multiple of 1/64, which is where the numbers of the check are.
    relu({ maxValue: 1.01, negativeSlope: 0.25, threshold: 0.51 }),
    leakyRelu(),
    elu({ alpha: 2 }),
    selu(),
    gelu(),
    gelu({ approximate: true }),
    softmax(),
    softmax({ axis: 1 }),
    softmax({ axis: [-1, 1] }),
  ];
  for (const layer of layers) {
    it(`keeps the contract of layers: ${layer.kind} ${JSON.stringify(layer.config)}`, () => {
      checkLayer(layer, { ...weightless, input: [2, 3], outputShape: (input) => input });
    });
  }
});

describe('The activation layers', () => {
  it('compute what their formulas say', () => {
    const near = (found: readonly number[], expected: readonly number[]): void =>
      found.forEach((value, i) => expect(value).to.be.closeTo(expected[i]!, 1e-6));
    near(
      of(activation({ activation: 'sigmoid' })),
      [0.119202922, 0.377540669, 0.5, 0.622459331, 0.880797078],
    );
    near(of(relu()), [0, 0, 0, 0.5, 2]);
    near(of(relu({ maxValue: 1 })), [0, 0, 0, 0.5, 1]);
    near(of(relu({ negativeSlope: 0.5 })), [-1, -0.25, 0, 0.5, 2]);
    // Below the threshold 1 it is half the distance from it.
    near(of(relu({ threshold: 1, negativeSlope: 0.5 })), [-1.5, -0.75, -0.5, -0.25, 2]);
    near(of(relu({ threshold: 1 })), [0, 0, 0, 0, 2]);
    near(of(leakyRelu()), [-0.6, -0.15, 0, 0.5, 2]);
    near(of(leakyRelu({ negativeSlope: 0.1 })), [-0.2, -0.05, 0, 0.5, 2]);
    near(of(elu()), [Math.exp(-2) - 1, Math.exp(-0.5) - 1, 0, 0.5, 2]);
    near(of(elu({ alpha: 3 })), [3 * Math.exp(-2) - 3, 3 * Math.exp(-0.5) - 3, 0, 0.5, 2]);
    near(of(selu()), [-1.520166, -0.691758, 0, 0.52535, 2.101402]);
    // x times the probability that a normal number is below it: of 2, 0.977249868.
    near(of(gelu()), [-0.045500264, -0.15426877, 0, 0.345731231, 1.954499736]);
    near(
      of(gelu({ approximate: true })),
      [-0.045402306, -0.154285988, 0, 0.345714012, 1.954597694],
    );
  });

  it('clip exactly at 0 and above with maxValue 0', () => {
    expect(of(relu({ maxValue: 0, negativeSlope: 1 }))).to.deep.equal([-2, -0.5, 0, 0, 0]);
  });

  it('make probabilities along the axes that softmax is given', () => {
    const logs = tensor([1, 3, 4, 1, 2, 5].map(Math.log), [1, 3, 2]);
    const along = (axis?: number | readonly number[]) =>
      [...applied(softmax(axis === undefined ? {} : { axis }), logs).toTypedArray()].map(
        (p) => Math.round(p * 1e6) / 1e6,
      );
    expect(along()).to.deep.equal([0.25, 0.75, 0.8, 0.2, 0.285714, 0.714286]);
    expect(along(2)).to.deep.equal(along());
    expect(along(1)).to.deep.equal([0.142857, 0.333333, 0.571429, 0.111111, 0.285714, 0.555556]);
    expect(along([1, 2])).to.deep.equal([0.0625, 0.1875, 0.25, 0.0625, 0.125, 0.3125]);
  });

  it('do not overflow', () => {
    const large = tensor([[1000, 999, -1000]]);
    const [first, second, third] = applied(softmax({ axis: [1] }), large).toTypedArray();
    expect([first, second].every((p) => Math.abs(p! - 0.5) < 0.25)).to.be.true;
    expect(third).to.equal(0);
  });

  const wrong: readonly (readonly [make: () => Layer, message: string])[] = [
    [
      () => activation({} as { activation: 'relu' }),
      'activation: expected activation to be the name of one; received undefined.',
    ],
    [
      () => relu({ maxValue: -1 }),
      'relu: expected maxValue to be a finite number of at least 0; received -1.',
    ],
    [
      () => relu({ threshold: NaN }),
      'relu: expected threshold to be a finite number of at least 0; received NaN.',
    ],
    [
      () => leakyRelu({ negativeSlope: Infinity }),
      'leakyRelu: expected negativeSlope to be a finite number; received Infinity.',
    ],
    [() => elu({ alpha: NaN }), 'elu: expected alpha to be a finite number; received NaN.'],
    [
      () => gelu({ approximate: given<boolean>(1) }),
      'gelu: expected approximate to be true or false; received 1.',
    ],
    [
      () => softmax({ axis: [] }),
      'softmax: expected axis to be a whole number, or a list of them; received [].',
    ],
    [
      () => prelu({ sharedAxes: given<number[]>(null) }),
      'prelu: expected sharedAxes to be a whole number, or a list of them; received null.',
    ],
  ];
  for (const [make, message] of wrong) {
    it(`refuse: ${message}`, () => {
      expect(make).to.throw(OptionError).with.property('message', message);
    });
  }

  it('refuse axes that a sample does not have', () => {
    expect(() => softmax({ axis: 0 }).outputShape([2, 3]))
      .to.throw(ShapeError)
      .with.property(
        'message',
        'softmax: expected an axis of samples [2, 3]; received [0]. ' +
          'Axis 0 is the batch, 1 the first axis of a sample.',
      );
    expect(() => softmax({ axis: 3 }).build([2, 3], scope())).to.throw(
      'softmax: expected different axes from -3 to 2; received [3].',
    );
  });
});

describe('prelu', () => {
  it('keeps the contract of layers', () => {
    checkLayer(prelu(), {
      input: [2, 3],
      outputShape: (input) => input,
      weights: { alpha: [2, 3] },
      parameters: { trainable: 6, nonTrainable: 0 },
    });
    checkLayer(prelu({ sharedAxes: [1], trainable: false }), {
      input: [2, 3],
      outputShape: (input) => input,
      weights: { alpha: [1, 3] },
      parameters: { trainable: 0, nonTrainable: 3 },
    });
  });

  it('has a slope of its own for each number, 0 at first', () => {
    expect(of(prelu())).to.deep.equal([-0, -0, 0, 0.5, 2]);
    const weights = [tensor([0.5, 2, 3, 4, 5])];
    expect([...applied(prelu(), x, { weights }).toTypedArray()]).to.deep.equal([-1, -1, 0, 0.5, 2]);
  });
});
