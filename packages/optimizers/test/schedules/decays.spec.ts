import { OptionError } from '@gradus/tensor';
import { expect } from 'chai';
import {
  cosineDecay,
  cosineDecayRestarts,
  exponentialDecay,
  inverseTimeDecay,
  oneCycle,
  piecewiseConstantDecay,
  polynomialDecay,
  stepDecay,
  warmUp,
  type Schedule,
} from '../../src/index';

/** The rates at some steps, rounded so that they can be compared with numbers worked by hand. */
function at(schedule: Schedule, steps: readonly number[]): number[] {
  return steps.map((step) => Number(schedule(step).toPrecision(12)));
}

const initialLearningRate = 0.8;

describe('exponentialDecay', () => {
  it('halves within decaySteps, gradually or at once', () => {
    const options = { initialLearningRate, decaySteps: 4, decayRate: 0.25 };
    expect(at(exponentialDecay(options), [0, 2, 4, 8])).to.deep.equal([0.8, 0.4, 0.2, 0.05]);
    const stairs = exponentialDecay({ ...options, staircase: true });
    expect(at(stairs, [0, 3, 4, 7, 8])).to.deep.equal([0.8, 0.8, 0.2, 0.2, 0.05]);
  });
});

describe('stepDecay', () => {
  it('drops by the factor, 0.1 unless given, and stays between', () => {
    const steps = [0, 4, 5, 9, 10];
    const tenth = stepDecay({ initialLearningRate, dropEvery: 5 });
    expect(at(tenth, steps)).to.deep.equal([0.8, 0.8, 0.08, 0.08, 0.008]);
    const half = stepDecay({ initialLearningRate, dropEvery: 5, factor: 0.5 });
    expect(at(half, steps)).to.deep.equal([0.8, 0.8, 0.4, 0.4, 0.2]);
  });
});

describe('inverseTimeDecay', () => {
  it('is divided by 1 + decayRate for each decaySteps, gradually or at once', () => {
    const options = { initialLearningRate, decaySteps: 2, decayRate: 1 };
    expect(at(inverseTimeDecay(options), [0, 2, 6])).to.deep.equal([0.8, 0.4, 0.2]);
    const stairs = inverseTimeDecay({ ...options, staircase: true });
    expect(at(stairs, [0, 1, 2, 3, 7])).to.deep.equal([0.8, 0.8, 0.4, 0.4, 0.2]);
  });
});

describe('polynomialDecay', () => {
  it('falls along a line to 0.0001 unless told otherwise, and stays there', () => {
    const line = polynomialDecay({ initialLearningRate: 1.0001, decaySteps: 4 });
    expect(at(line, [0, 1, 3, 4, 9])).to.deep.equal([1.0001, 0.7501, 0.2501, 0.0001, 0.0001]);
  });

  it('falls along a power, again and again with cycle', () => {
    const options = { initialLearningRate: 1, decaySteps: 4, endLearningRate: 0, power: 2 };
    expect(at(polynomialDecay(options), [1, 2, 4, 5])).to.deep.equal([0.5625, 0.25, 0, 0]);
    const cycle = polynomialDecay({ ...options, cycle: true });
    // After step 4 towards 8: (1 - 6 / 8)^2; after step 8 towards 12: (1 - 9 / 12)^2.
    expect(at(cycle, [0, 4, 6, 8, 9])).to.deep.equal([1, 0, 0.0625, 0, 0.0625]);
  });
});

describe('piecewiseConstantDecay', () => {
  const schedule = piecewiseConstantDecay({ boundaries: [2, 5], values: [1, 0.5, 0.25] });

  it('keeps a value up to and including its boundary', () => {
    expect(at(schedule, [0, 2, 3, 5, 6, 99])).to.deep.equal([1, 1, 0.5, 0.5, 0.25, 0.25]);
  });

  it('does not depend on the arrays it was given, and may have no boundary', () => {
    const values = [1, 2];
    const own = piecewiseConstantDecay({ boundaries: [1], values });
    values[0] = 7;
    expect(own(0)).to.equal(1);
    expect(piecewiseConstantDecay({ boundaries: [], values: [3] })(8)).to.equal(3);
  });
});

describe('cosineDecayRestarts', () => {
  it('falls and begins again, each time twice as long', () => {
    const schedule = cosineDecayRestarts({ initialLearningRate, firstDecaySteps: 2 });
    // Periods begin at 0, 2, 6, 14.
    expect(at(schedule, [0, 1, 2, 4, 6, 10, 14])).to.deep.equal([
      0.8, 0.4, 0.8, 0.4, 0.8, 0.4, 0.8,
    ]);
  });

  it('can begin lower each time, and stop above 0', () => {
    const options = { initialLearningRate: 1, firstDecaySteps: 2, tMul: 1, mMul: 0.5, alpha: 0.2 };
    // As in Keras: alpha + (1 - alpha) mMul^i (1 + cos) / 2
    expect(at(cosineDecayRestarts(options), [0, 1, 2, 3, 4])).to.deep.equal([
      1, 0.6, 0.6, 0.4, 0.4,
    ]);
  });

  it('begins again exactly where it should, where the logarithm alone does not', () => {
    for (const tMul of [1, 1.5, 2, 3, 5, 10]) {
      const schedule = cosineDecayRestarts({ initialLearningRate: 1, firstDecaySteps: 16, tMul });
      let [start, length] = [0, 16];
      for (let period = 0; period < 8; period++) {
        expect(schedule(start), `${tMul}: ${start}`).to.be.closeTo(1, 1e-9);
        expect(schedule(start + length / 2)).to.be.closeTo(0.5, 1e-9);
        expect(schedule(start + length * (1 - 1e-6))).to.be.closeTo(0, 1e-9);
        start += length;
        length *= tMul;
      }
    }
  });

  it('begins again where the quotient of steps is rounded down', () => {
    // Period 8 begins at 1.1 (3^8 - 1) / 2 = 3608, but 3608 / 1.1 is below 3280.
    const options = { initialLearningRate: 1, firstDecaySteps: 1.1, tMul: 3, mMul: 0.5 };
    expect(cosineDecayRestarts(options)(3608)).to.equal(0.5 ** 8);
  });
});

describe('warmUp', () => {
  it('rises along a line to where a schedule begins, which it then follows', () => {
    const learningRate = stepDecay({ initialLearningRate: 1, dropEvery: 2, factor: 0.5 });
    const schedule = warmUp({ learningRate, warmupSteps: 4, initialLearningRate: 0.2 });
    expect(at(schedule, [0, 1, 2, 3, 4, 5, 6])).to.deep.equal([0.2, 0.4, 0.6, 0.8, 1, 1, 0.5]);
    expect(at(warmUp({ learningRate: 0.5, warmupSteps: 2 }), [0, 1, 2, 9])).to.deep.equal([
      0, 0.25, 0.5, 0.5,
    ]);
  });

  it('before a cosine is the warm-up of cosineDecay', () => {
    const learningRate = cosineDecay({ initialLearningRate: 1, decaySteps: 6 });
    const composed = warmUp({ learningRate, warmupSteps: 3 });
    const built = cosineDecay({
      ...{ initialLearningRate: 0, decaySteps: 6, warmupTarget: 1, warmupSteps: 3 },
    });
    for (let step = 0; step < 12; step++) expect(composed(step)).to.equal(built(step));
  });
});

describe('oneCycle', () => {
  it('rises and falls along lines, and then far below', () => {
    const schedule = oneCycle({
      ...{ maxLearningRate: 1, totalSteps: 12, cycleSteps: 8 },
      ...{ initialLearningRate: 0.2, finalLearningRate: 0 },
    });
    expect(at(schedule, [0, 2, 4, 6, 8, 10, 12, 13])).to.deep.equal([
      0.2, 0.6, 1, 0.6, 0.2, 0.1, 0, 0,
    ]);
  });

  it('takes 9/10 of the steps, from a tenth, to a hundredth of that, unless told otherwise', () => {
    const schedule = oneCycle({ maxLearningRate: 1, totalSteps: 100 });
    expect(at(schedule, [0, 45, 90, 100])).to.deep.equal([0.1, 1, 0.1, 0.001]);
  });

  it('may be nothing but the cycle', () => {
    const options = { maxLearningRate: 1, totalSteps: 4, cycleSteps: 4 };
    const schedule = oneCycle({ ...options, initialLearningRate: 0.5, finalLearningRate: 0.25 });
    expect(at(schedule, [0, 2, 3, 4])).to.deep.equal([0.5, 1, 0.75, 0.25]);
  });
});

describe('Options of schedules out of range', () => {
  const e = { initialLearningRate, decaySteps: 7, decayRate: 0.5 };
  const p = { boundaries: [1, 2], values: [1, 2, 3] };
  const r = { initialLearningRate, firstDecaySteps: 7 };
  const o = { maxLearningRate: 1, totalSteps: 10 };
  const wrong: readonly [(options: never) => Schedule, object, string][] = [
    [exponentialDecay, { ...e, decayRate: 0 }, 'decayRate above 0; received 0.'],
    [exponentialDecay, { ...e, decaySteps: -1 }, 'decaySteps above 0; received -1.'],
    [
      exponentialDecay,
      { ...e, staircase: 'yes' },
      "staircase to be true or false; received 'yes'.",
    ],
    [inverseTimeDecay, { ...e, decayRate: -1 }, 'decayRate of at least 0; received -1.'],
    [inverseTimeDecay, { ...e, staircase: null }, 'staircase to be true or false; received null.'],
    [stepDecay, { initialLearningRate, dropEvery: 0 }, 'dropEvery above 0; received 0.'],
    [
      polynomialDecay,
      { ...r, decaySteps: 1, firstDecaySteps: undefined, power: 0 },
      'power above 0; received 0.',
    ],
    [
      polynomialDecay,
      { initialLearningRate, decaySteps: 1, endLearningRate: -1 },
      'endLearningRate of at least 0; received -1.',
    ],
    [
      polynomialDecay,
      { initialLearningRate, decaySteps: 1, cycle: 1 },
      'cycle to be true or false; received 1.',
    ],
    [piecewiseConstantDecay, { ...p, boundaries: 3 }, 'boundaries to be an array; received 3.'],
    [
      piecewiseConstantDecay,
      { ...p, values: [1, 2] },
      '3 values, one more than boundaries; received 2.',
    ],
    [
      piecewiseConstantDecay,
      { ...p, values: [1, 2, NaN] },
      'values[2] of at least 0; received NaN.',
    ],
    [
      piecewiseConstantDecay,
      { ...p, boundaries: [2, 2] },
      'boundaries that rise; received 2 after 2.',
    ],
    [cosineDecayRestarts, { ...r, tMul: 0.5 }, 'tMul of at least 1; received 0.5.'],
    [cosineDecayRestarts, { ...r, mMul: 0 }, 'mMul above 0; received 0.'],
    [cosineDecayRestarts, { ...r, alpha: 2 }, 'alpha from 0 to 1; received 2.'],
    [warmUp, { learningRate: 1, warmupSteps: 0 }, 'warmupSteps above 0; received 0.'],
    [
      warmUp,
      { learningRate: 0, warmupSteps: 1 },
      'a learningRate above 0, or a schedule; received 0.',
    ],
    [
      warmUp,
      { learningRate: 1, warmupSteps: 1, initialLearningRate: -1 },
      'initialLearningRate of at least 0; received -1.',
    ],
    [oneCycle, { ...o, cycleSteps: 11 }, 'cycleSteps of at most totalSteps, 10; received 11.'],
    [oneCycle, { ...o, cycleSteps: 0 }, 'cycleSteps above 0; received 0.'],
    [oneCycle, { ...o, finalLearningRate: -1 }, 'finalLearningRate of at least 0; received -1.'],
    [oneCycle, { ...o, maxLearningRate: 0 }, 'maxLearningRate above 0; received 0.'],
  ];
  for (const [make, options, rest] of wrong) {
    it(`are refused: ${make.name} ${JSON.stringify(options)}`, () => {
      expect(() => make(options as never))
        .to.throw(OptionError)
        .with.property('message', `${make.name}: expected ${rest}`);
    });
  }
});
