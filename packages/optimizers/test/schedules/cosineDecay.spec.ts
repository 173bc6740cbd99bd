import { OptionError } from '@gradus/tensor';
import { expect } from 'chai';
import fc from 'fast-check';
import { cosineDecay, type CosineDecayOptions } from '../../src/index';

describe('cosineDecay', () => {
  const decay = cosineDecay({ initialLearningRate: 0.8, decaySteps: 12, alpha: 0.25 });

  it('begins at the initial rate and ends at its alpha-th part, where it stays', () => {
    expect(decay(0)).to.equal(0.8);
    for (const step of [12, 13, 1e9]) expect(decay(step)).to.be.closeTo(0.2, 1e-15);
    const toZero = cosineDecay({ initialLearningRate: 0.8, decaySteps: 12 });
    expect(toZero(12)).to.equal(0);
    expect(toZero(13)).to.equal(0);
  });

  it('lies on half a cosine: 3/4 at a third, half at the half, 1/4 at two thirds', () => {
    const parts = [4, 6, 8].map((step) => (decay(step) - 0.2) / 0.6);
    [0.75, 0.5, 0.25].forEach((part, i) => expect(parts[i]).to.be.closeTo(part, 1e-14));
  });

  it('is the formula of Keras and never rises', () => {
    const options = fc.record({
      initialLearningRate: fc.constantFrom(0.001, 1),
      decaySteps: fc.integer({ min: 1, max: 1000 }),
      alpha: fc.constantFrom(0, 0.1, 1),
    });
    fc.assert(
      fc.property(options, fc.nat({ max: 1200 }), (given, step) => {
        const { initialLearningRate, decaySteps, alpha } = given;
        const cosine = 0.5 * (1 + Math.cos((Math.PI * Math.min(step, decaySteps)) / decaySteps));
        const schedule = cosineDecay(given);
        const expected = initialLearningRate * ((1 - alpha) * cosine + alpha);
        expect(schedule(step)).to.be.closeTo(expected, 1e-14);
        expect(schedule(step + 1)).to.be.at.most(schedule(step));
      }),
    );
  });

  it('rises first along a straight line with a warm-up, as in Keras', () => {
    const warm = cosineDecay({
      ...{ initialLearningRate: 0, decaySteps: 6, alpha: 0.5, warmupTarget: 0.8, warmupSteps: 4 },
    });
    const expected = [0, 0.2, 0.4, 0.6, 0.8, NaN, 0.7, 0.6, 0.5, NaN, 0.4, 0.4];
    expected.forEach((rate, step) => {
      if (!Number.isNaN(rate)) expect(warm(step)).to.be.closeTo(rate, 1e-15);
    });
    const fromTop = cosineDecay({ initialLearningRate: 0, decaySteps: 2, warmupTarget: 1 });
    expect([0, 1, 2].map(fromTop).map((rate) => Math.round(rate * 1e9) / 1e9)).to.deep.equal([
      1, 0.5, 0,
    ]);
  });

  const invalid: readonly [Partial<CosineDecayOptions>, string][] = [
    [{ decaySteps: 0 }, 'decaySteps above 0; received 0.'],
    [{ decaySteps: NaN }, 'decaySteps above 0; received NaN.'],
    [{ initialLearningRate: -1 }, 'initialLearningRate above 0; received -1.'],
    [{ initialLearningRate: Infinity }, 'initialLearningRate above 0; received Infinity.'],
    [{ alpha: -0.1 }, 'alpha from 0 to 1; received -0.1.'],
    [{ alpha: 1.1 }, 'alpha from 0 to 1; received 1.1.'],
    [{ warmupSteps: 3 }, 'a warmupTarget with warmupSteps; received warmupSteps 3 alone.'],
    [{ warmupTarget: 0, warmupSteps: 3 }, 'warmupTarget above 0; received 0.'],
    [{ warmupTarget: 1, warmupSteps: -3 }, 'warmupSteps of at least 0; received -3.'],
    [
      { warmupTarget: 1, initialLearningRate: -1 },
      'initialLearningRate of at least 0; received -1.',
    ],
  ];
  for (const [options, rest] of invalid) {
    it(`refuses ${Object.entries(options).join()}`, () => {
      expect(() => cosineDecay({ initialLearningRate: 1, decaySteps: 10, ...options }))
        .to.throw(OptionError)
        .with.property('message', `cosineDecay: expected ${rest}`);
    });
  }
});
