import { OptionError } from '@gradus/tensor';
import { expect } from 'chai';
import fc from 'fast-check';
import {
  cosineDecay,
  cosineDecayRestarts,
  defineSchedule,
  exponentialDecay,
  inverseTimeDecay,
  oneCycle,
  piecewiseConstantDecay,
  polynomialDecay,
  resolveSchedule,
  scheduleFromJson,
  stepDecay,
  warmUp,
} from '../../src/index';

const initialLearningRate = 0.8;

/** Each kind, with all its options and with as few as may be. */
const all = [
  exponentialDecay({ initialLearningRate, decaySteps: 7, decayRate: 0.5, staircase: true }),
  exponentialDecay({ initialLearningRate, decaySteps: 7, decayRate: 0.5 }),
  inverseTimeDecay({ initialLearningRate, decaySteps: 7, decayRate: 0.5, staircase: true }),
  inverseTimeDecay({ initialLearningRate, decaySteps: 7, decayRate: 0.5 }),
  polynomialDecay({ initialLearningRate, decaySteps: 7 }),
  polynomialDecay({
    ...{ initialLearningRate, decaySteps: 7, endLearningRate: 0.1, power: 2, cycle: true },
  }),
  piecewiseConstantDecay({ boundaries: [3, 9], values: [1, 0.5, 0.25] }),
  stepDecay({ initialLearningRate, dropEvery: 7 }),
  stepDecay({ initialLearningRate, dropEvery: 7, factor: 0.5 }),
  cosineDecay({ initialLearningRate, decaySteps: 7 }),
  cosineDecay({ initialLearningRate, decaySteps: 7, alpha: 0.1, warmupTarget: 1, warmupSteps: 4 }),
  cosineDecayRestarts({ initialLearningRate, firstDecaySteps: 7 }),
  cosineDecayRestarts({
    ...{ initialLearningRate, firstDecaySteps: 7, tMul: 1.5, mMul: 0.5, alpha: 0.1 },
  }),
  warmUp({ learningRate: 0.5, warmupSteps: 5 }),
  warmUp({
    learningRate: cosineDecay({ initialLearningRate, decaySteps: 7 }),
    ...{ warmupSteps: 5, initialLearningRate: 0.25 },
  }),
  oneCycle({ maxLearningRate: 1, totalSteps: 30 }),
  oneCycle({
    ...{ maxLearningRate: 1, totalSteps: 30, cycleSteps: 20 },
    ...{ initialLearningRate: 0.25, finalLearningRate: 0.125 },
  }),
] as const;

/** The functions, whatever options they want. */
const makers: readonly ((options: never) => unknown)[] = [
  ...[exponentialDecay, inverseTimeDecay, polynomialDecay, piecewiseConstantDecay, stepDecay],
  ...[cosineDecay, cosineDecayRestarts, warmUp, oneCycle],
];

describe('Every schedule', () => {
  for (const schedule of all) {
    const text = JSON.stringify({ kind: schedule.kind, config: toJson(schedule.config) });
    it(`is a pure function of the step that JSON gives back: ${text}`, () => {
      const again = scheduleFromJson(JSON.parse(text) as never);
      expect(again.kind).to.equal(schedule.kind);
      fc.assert(
        fc.property(fc.nat({ max: 40 }), (step) => {
          const rate = schedule(step);
          expect(rate).to.satisfy(Number.isFinite).and.be.at.least(0);
          expect(schedule(step)).to.equal(rate);
          expect(again(step)).to.equal(rate);
        }),
      );
      for (const step of [1e6, 1e15, Number.MAX_SAFE_INTEGER, 1e300]) {
        expect(schedule(step)).to.satisfy(Number.isFinite).and.be.at.least(0);
      }
    });
  }

  it('refuses steps that are none', () => {
    for (const schedule of all) {
      for (const step of [-1, NaN, Infinity, undefined, '3'] as number[]) {
        expect(() => schedule(step)).to.throw(
          OptionError,
          /: expected step of at least 0; received/,
        );
      }
    }
  });

  it('refuses nonsense for options, and options that it does not know', () => {
    for (const make of makers) {
      for (const options of [null, undefined, 3, 'fast', [], {}] as never[]) {
        expect(() => make(options), `${make.name} ${String(options)}`).to.throw(OptionError);
      }
    }
    for (const { kind, config } of all) {
      const json = { kind: kind!, config: { ...config!, speed: 3 } };
      expect(() => scheduleFromJson(json)).to.throw(
        OptionError,
        `${kind}: expected the options ${Object.keys(config!).join(', ')}; received 'speed'.`,
      );
    }
  });
});

/** What JSON makes of options: a schedule among them says how it was made. */
function toJson(config: object = {}): object {
  return Object.fromEntries(
    Object.entries(config).map(([name, value]: [string, unknown]) => {
      if (typeof value !== 'function') return [name, value];
      const { kind, config: inner } = value as (typeof all)[number];
      return [name, { kind, config: toJson(inner) }];
    }),
  );
}

describe('defineSchedule', () => {
  it('makes a schedule of a function, that says how it was made', () => {
    const halving = defineSchedule('halving', { every: 2 }, (step) => 2 ** -Math.floor(step / 2));
    expect([0, 1, 2].map(halving)).to.deep.equal([1, 1, 0.5]);
    expect([halving.kind, halving.config]).to.deep.equal(['halving', { every: 2 }]);
  });
});

describe('resolveSchedule', () => {
  it('makes a schedule of a number, and leaves a schedule as it is', () => {
    const half = resolveSchedule('sgd', 0.5);
    expect([half(0), half(1000)]).to.deep.equal([0.5, 0.5]);
    expect(resolveSchedule('sgd', half)).to.equal(half);
  });

  it('refuses a text, even of a number', () => {
    expect(() => resolveSchedule('sgd', '0.5' as never)).to.throw(
      OptionError,
      "sgd: expected a learningRate above 0, or a schedule; received '0.5'.",
    );
  });
});

describe('scheduleFromJson', () => {
  it('refuses what is no schedule', () => {
    for (const json of [null, 3, {}, { kind: 'stepDecay' }, { kind: 'toString', config: {} }]) {
      expect(() => scheduleFromJson(json as never)).to.throw(
        OptionError,
        /^scheduleFromJson: expected a schedule {kind, config} of kind exponentialDecay, /,
      );
    }
  });
});
