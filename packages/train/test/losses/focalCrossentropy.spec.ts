import { tensor, type Tensor } from '@gradus/tensor';
import { expectClose } from '@gradus/tensor/testing';
import { expect } from 'chai';
import {
  binaryCrossentropy,
  binaryFocalCrossentropy,
  categoricalCrossentropy,
  categoricalFocalCrossentropy,
  type SampleLoss,
} from '../../src/index';
import { checkLoss } from '../../testing/index';
import { engines } from '../engines';
import { float64, logits, mixed, oneHot, probabilities } from './rows';

const checks: readonly [string, SampleLoss, Tensor, Tensor][] = [
  ['binary', binaryFocalCrossentropy(), mixed, probabilities],
  ['binary from logits', binaryFocalCrossentropy({ fromLogits: true }), mixed, logits],
  [
    'binary with all options',
    binaryFocalCrossentropy({
      fromLogits: true,
      alpha: 0.75,
      gamma: 0.5,
      labelSmoothing: 0.25,
      applyClassBalancing: true,
    }),
    oneHot,
    logits,
  ],
  ['categorical', categoricalFocalCrossentropy(), mixed, probabilities],
  [
    'categorical from logits',
    categoricalFocalCrossentropy({ fromLogits: true, gamma: 1.5, labelSmoothing: 0.1 }),
    oneHot,
    logits,
  ],
];

describe('Each focal cross-entropy', () => {
  for (const [name, loss, yTrue, yPred] of checks) {
    it(`is what a loss should be: ${name}`, () => {
      checkLoss(loss, { name, engines, yTrue, yPred, atTargets: 'anything' });
    });
  }

  it('is the cross-entropy where gamma is 0', () => {
    for (const fromLogits of [false, true]) {
      const yPred = fromLogits ? logits : probabilities;
      const binary = binaryFocalCrossentropy({ fromLogits, gamma: 0 });
      expectClose(binary(mixed, yPred), binaryCrossentropy({ fromLogits })(mixed, yPred), {
        relative: 1e-12,
      });
      const rows = categoricalFocalCrossentropy({ fromLogits, gamma: 0, alpha: 1 });
      expectClose(rows(mixed, yPred), categoricalCrossentropy({ fromLogits })(mixed, yPred), {
        relative: 1e-12,
      });
    }
  });

  it('multiplies by the probability of a mistake, to the power of gamma', () => {
    const yTrue = float64([1, 0], [2, 1]);
    const yPred = float64([0.75, 0.5], [2, 1]);
    // Mistaken with 1/4 and 1/2.
    const each = [Math.log(4 / 3) / 16, Math.log(2) / 4] as const;
    const loss = binaryFocalCrossentropy().perSample(yTrue, yPred).toTypedArray();
    expect(loss[0]).to.be.closeTo(each[0], 1e-12);
    expect(loss[1]).to.be.closeTo(each[1], 1e-12);
    const balanced = binaryFocalCrossentropy({ alpha: 0.25, applyClassBalancing: true });
    const expected = (each[0] / 4 + (3 * each[1]) / 4) / 2;
    expect(balanced(yTrue, yPred).item()).to.be.closeTo(expected, 1e-12);
  });

  it('of rows is that of the right class, times alpha', () => {
    // Classes 1 and 2, with 1/4 and 1/8.
    const expected = (0.25 * ((9 / 16) * Math.log(4) + (49 / 64) * Math.log(8))) / 2;
    const loss = categoricalFocalCrossentropy()(oneHot, probabilities).item();
    expect(loss).to.be.closeTo(expected, 1e-12);
  });

  it('is finite, and so is its slope, where the prediction is certain', () => {
    const far = tensor([300, -300], [2, 1]);
    const loss = binaryFocalCrossentropy({ fromLogits: true, gamma: 0.5 });
    expect(loss(tensor([1, 0], [2, 1]), far).item()).to.equal(0);
    expect(loss(tensor([0, 1], [2, 1]), far).item()).to.be.closeTo(300, 1e-3);
  });

  const wrong: readonly [() => unknown, string][] = [
    [
      () => binaryFocalCrossentropy({ gamma: -1 }),
      'binaryFocalCrossentropy: expected gamma to be a finite number of at least 0; received -1.',
    ],
    [
      () => categoricalFocalCrossentropy({ alpha: 2 }),
      'categoricalFocalCrossentropy: expected alpha to be a number from 0 to 1; received 2.',
    ],
    [
      () => binaryFocalCrossentropy({ applyClassBalancing: 1 as never }),
      'binaryFocalCrossentropy: expected applyClassBalancing to be true or false; received 1.',
    ],
    [
      () => binaryFocalCrossentropy()(tensor([3]), tensor([0.5])),
      'binaryFocalCrossentropy: expected targets from 0 to 1; received 3 at 0.',
    ],
  ];
  for (const [use, message] of wrong) {
    it(`says what is wrong: ${message}`, () => {
      expect(use).to.throw(message);
    });
  }
});
