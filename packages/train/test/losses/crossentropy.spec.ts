import { valueAndGrad } from '@gradus/autodiff';
import { DTypeError, OptionError, ShapeError, tensor, zeros, type Tensor } from '@gradus/tensor';
import { expectClose } from '@gradus/tensor/testing';
import { expect } from 'chai';
import {
  binaryCrossentropy,
  categoricalCrossentropy,
  sparseCategoricalCrossentropy,
  type Loss,
} from '../../src/index';
import { checkLoss } from '../../testing/index';
import { engines } from '../engines';
import { float64, labels, logits, mixed, oneHot, probabilities } from './rows';

const checks: readonly [name: string, loss: Loss, yTrue: Tensor, yPred: Tensor][] = [
  ['categoricalCrossentropy()', categoricalCrossentropy(), mixed, probabilities],
  [
    'categoricalCrossentropy({ fromLogits: true })',
    categoricalCrossentropy({ fromLogits: true }),
    mixed,
    logits,
  ],
  [
    'categoricalCrossentropy({ labelSmoothing: 0.1 })',
    categoricalCrossentropy({ labelSmoothing: 0.1 }),
    oneHot,
    probabilities,
  ],
  ['sparseCategoricalCrossentropy()', sparseCategoricalCrossentropy(), labels(1, 2), probabilities],
  [
    'sparseCategoricalCrossentropy({ fromLogits: true })',
    sparseCategoricalCrossentropy({ fromLogits: true }),
    labels(1, 2),
    logits,
  ],
  ['binaryCrossentropy()', binaryCrossentropy(), mixed, probabilities],
  [
    'binaryCrossentropy({ fromLogits: true })',
    binaryCrossentropy({ fromLogits: true }),
    mixed,
    logits,
  ],
  [
    'binaryCrossentropy({ fromLogits: true, labelSmoothing: 0.5 })',
    binaryCrossentropy({ fromLogits: true, labelSmoothing: 0.5 }),
    oneHot,
    logits,
  ],
];

describe('Each cross-entropy', () => {
  for (const [name, loss, yTrue, yPred] of checks) {
    it(`is what a loss should be: ${name}`, () => {
      checkLoss(loss, { name, engines, yTrue, yPred, atTargets: 'anything' });
    });
  }

  it('is the mean of -log p, over rows or all elements', () => {
    const third = (Math.log(4) + Math.log(8)) / 2;
    expect(categoricalCrossentropy()(oneHot, probabilities).item()).to.be.closeTo(third, 1e-12);
    const sparse = sparseCategoricalCrossentropy()(labels(1, 2), probabilities).item();
    expect(sparse).to.be.closeTo(third, 1e-12);
    // -log of 1/2, 1/4, 3/4, 7/8, 1/4 and 1/8.
    const all = Math.log(2 * 4 * (4 / 3) * (8 / 7) * 4 * 8) / 6;
    expect(binaryCrossentropy()(oneHot, probabilities).item()).to.be.closeTo(all, 1e-12);
  });

  it('spreads labelSmoothing over the classes', () => {
    const two = float64([0.25, 0.75], [1, 2]);
    const target = float64([1, 0], [1, 2]);
    const expected = 0.9 * Math.log(4) + 0.1 * Math.log(4 / 3);
    const loss = categoricalCrossentropy({ labelSmoothing: 0.2 })(target, two);
    expect(loss.item()).to.be.closeTo(expected, 1e-12);
    const binary = binaryCrossentropy({ labelSmoothing: 0.2 })(target, two);
    expect(binary.item()).to.be.closeTo(expected, 1e-12);
  });

  it('divides predictions of classes by their sum, as Keras does', () => {
    const thrice = float64([1.5, 0.75, 0.75, 0.375, 2.25, 0.375], [2, 3]);
    for (const [loss, yTrue] of [
      [categoricalCrossentropy(), oneHot],
      [sparseCategoricalCrossentropy(), labels(1, 2)],
    ] as const) {
      expectClose(loss(yTrue, thrice), loss(yTrue, probabilities), { relative: 1e-14 });
    }
  });

  it('keeps probabilities between 1e-7 and 1 - 1e-7, with no slope beyond', () => {
    const certain = float64([1, 0], [1, 2]);
    const wrong = float64([0, 1], [1, 2]);
    for (const [loss, target, least] of [
      [categoricalCrossentropy(), wrong, -Math.log(1e-7)],
      [sparseCategoricalCrossentropy(), labels(1), -Math.log(1e-7)],
      [categoricalCrossentropy(), certain, -Math.log(1 - 1e-7)],
      [binaryCrossentropy(), wrong, -Math.log(1e-7)],
      [binaryCrossentropy(), certain, -Math.log(1 - 1e-7)],
    ] as const) {
      const predicted = float64([1, 0], [1, 2]);
      const { value, grads } = valueAndGrad(() => loss(target, predicted), [predicted]);
      expect(value.item()).to.be.closeTo(least, 1e-9);
      expect(grads[0].toArray()).to.deep.equal([[0, 0]]);
    }
  });

  it('takes logits of any size: none is clipped', () => {
    // tfjs clips the logits of its sparse cross-entropy to [1e-7, 1 - 1e-7] before the softmax.
    const wide = tensor([20, -30, 0], [1, 3]);
    const sparse = sparseCategoricalCrossentropy({ fromLogits: true });
    expect(sparse(labels(1), wide).item()).to.be.closeTo(50, 1e-5);
    const categorical = categoricalCrossentropy({ fromLogits: true });
    expect(categorical(tensor([0, 1, 0], [1, 3]), wide).item()).to.be.closeTo(50, 1e-5);
    const slopes = valueAndGrad(() => sparse(labels(1), wide), [wide]).grads[0];
    expectClose(slopes, tensor([1, -1, 0], [1, 3]), { relative: 1e-6 });
    const binary = binaryCrossentropy({ fromLogits: true });
    const far = tensor([200, -300]);
    expect(binary(tensor([0, 1]), far).item()).to.equal(250);
    expect(binary(tensor([1, 0]), far).item()).to.equal(0);
  });

  it('has a slope of (softmax - target) / rows, and of sigmoid - target at 0', () => {
    const loss = sparseCategoricalCrossentropy({ fromLogits: true });
    const even = zeros([2, 4]);
    const slopes = valueAndGrad(() => loss(labels(3, 0), even), [even]).grads[0];
    expect(slopes.toArray()).to.deep.equal([
      [0.125, 0.125, 0.125, -0.375],
      [-0.375, 0.125, 0.125, 0.125],
    ]);
    const zero = zeros([1]);
    const binary = binaryCrossentropy({ fromLogits: true });
    expect(valueAndGrad(() => binary(tensor([1]), zero), [zero]).grads[0].toArray()).to.deep.equal([
      -0.5,
    ]);
  });
});

describe('sparseCategoricalCrossentropy', () => {
  it('takes labels with a last axis of size 1, of uint8, and for several rows of a sample', () => {
    for (const fromLogits of [false, true]) {
      const loss = sparseCategoricalCrossentropy({ fromLogits });
      const expected = loss(labels(1, 2), probabilities).item();
      const column = tensor(Int32Array.of(1, 2), [2, 1]);
      expect(loss(column, probabilities).item()).to.equal(expected);
      expect(loss(tensor(Uint8Array.of(1, 2)), probabilities).item()).to.equal(expected);
      const nested = float64([...probabilities.toTypedArray()], [1, 2, 3]);
      expect(loss(tensor(Int32Array.of(1, 2), [1, 2]), nested).item()).to.equal(expected);
    }
  });

  const loss = sparseCategoricalCrossentropy({ fromLogits: true });
  const wrong: readonly [string, Tensor, new (...args: never[]) => Error, string][] = [
    [
      'one-hot targets',
      oneHot,
      ShapeError,
      'sparseCategoricalCrossentropy: expected labels [...] for predictions [..., classes]; ' +
        'received [2, 3] and [2, 3]. For one-hot targets take categoricalCrossentropy.',
    ],
    [
      'labels that are no whole numbers',
      tensor([1, 2]),
      DTypeError,
      'sparseCategoricalCrossentropy: expected int32 or uint8 labels; received float32. ' +
        "Convert whole numbers: cast(y, 'int32'). For probabilities take categoricalCrossentropy.",
    ],
    [
      'labels beyond the classes',
      labels(0, 3),
      OptionError,
      'sparseCategoricalCrossentropy: expected labels from 0 to 2; received 3 at 1. ' +
        'Labels count from 0, and the last layer has a unit for each class.',
    ],
    [
      'negative labels',
      labels(-1, 0),
      OptionError,
      'sparseCategoricalCrossentropy: expected labels from 0 to 2; received -1 at 0. ' +
        'Labels count from 0, and the last layer has a unit for each class.',
    ],
  ];
  for (const [what, yTrue, type, message] of wrong) {
    it(`refuses ${what}`, () => {
      expect(() => loss(yTrue, logits))
        .to.throw(type)
        .with.property('message', message);
    });
  }
});

describe('categoricalCrossentropy', () => {
  for (const yTrue of [labels(1, 2), tensor(Int32Array.of(1, 2), [2, 1])]) {
    it(`names the loss for labels [${yTrue.shape.join(', ')}]`, () => {
      expect(() => categoricalCrossentropy()(yTrue, probabilities))
        .to.throw(ShapeError)
        .with.property('hint', 'For labels of classes take sparseCategoricalCrossentropy.');
    });
  }
});

describe('binaryCrossentropy', () => {
  const wrong: readonly [number, string][] = [
    [2, '2 at 1. For classes by number take sparseCategoricalCrossentropy.'],
    [-1, '-1 at 1. For targets -1 and 1 take hinge.'],
  ];
  for (const [target, text] of wrong) {
    it(`refuses a target of ${target}`, () => {
      expect(() => binaryCrossentropy()(tensor([0, target]), tensor([0.5, 0.5])))
        .to.throw(OptionError)
        .with.property(
          'message',
          `binaryCrossentropy: expected targets from 0 to 1; received ${text}`,
        );
    });
  }

  it('accepts what rounding has made of 1', () => {
    const loss = binaryCrossentropy()(tensor([1 + 1e-7]), tensor([0.5])).item();
    expect(loss).to.be.closeTo(Math.LN2, 1e-6);
  });
});

describe('fromLogits', () => {
  for (const make of [categoricalCrossentropy, sparseCategoricalCrossentropy, binaryCrossentropy]) {
    it(`is true or false: ${make.name}`, () => {
      expect(() => make({ fromLogits: 'yes' as never })).to.throw(
        `${make.name}: expected fromLogits to be true or false; received 'yes'.`,
      );
    });
  }
});

describe('labelSmoothing', () => {
  for (const by of [-0.1, 1.5, NaN]) {
    it(`cannot be ${by}`, () => {
      for (const make of [categoricalCrossentropy, binaryCrossentropy]) {
        expect(() => make({ labelSmoothing: by }))
          .to.throw(OptionError)
          .with.property(
            'message',
            `${make.name}: expected labelSmoothing to be a number from 0 to 1; received ${by}.`,
          );
      }
    });
  }
});
