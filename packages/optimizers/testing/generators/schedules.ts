import { inCode, withCode } from '@gradus/tensor/testing';
import fc from 'fast-check';
import * as ours from '../../src/schedules';
import type { Schedule } from '../../src/index';

const rates = fc.integer({ min: 1, max: 64 }).map((n) => n / 64);
const steps = fc.integer({ min: 1, max: 12 });
const parts = fc.integer({ min: 0, max: 64 }).map((n) => n / 64);
const flags = fc.boolean();

/** Records of the fields given; of the fields of `optional` some are left out. */
function someOf<R extends object, O extends object>(
  required: { [K in keyof R]: fc.Arbitrary<R[K]> },
  optional: { [K in keyof O]: fc.Arbitrary<O[K]> },
): fc.Arbitrary<R & Partial<O>> {
  return fc
    .tuple(fc.record(required), fc.record(optional, { requiredKeys: [] }))
    .map(([always, sometimes]) => ({ ...always, ...sometimes }) as R & Partial<O>);
}

/** A schedule of `make`'s kind with drawn options; it writes itself as the call that makes it. */
function madeBy<C extends object>(
  make: (config: C) => Schedule,
  configs: fc.Arbitrary<C>,
): fc.Arbitrary<Schedule> {
  return configs.map((config) => withCode(make(config), () => `${make.name}(${inCode(config)})`));
}

const piecewise = fc.uniqueArray(fc.nat({ max: 12 }), { maxLength: 3 }).chain((boundaries) =>
  fc.record({
    boundaries: fc.constant([...boundaries].sort((a, b) => a - b)),
    values: fc.array(rates, {
      minLength: boundaries.length + 1,
      maxLength: boundaries.length + 1,
    }),
  }),
);

const cosines = fc.oneof(
  someOf({ initialLearningRate: rates, decaySteps: steps }, { alpha: parts }),
  someOf(
    { initialLearningRate: parts, decaySteps: steps, warmupTarget: rates, warmupSteps: steps },
    { alpha: parts },
  ),
);

const cycles = steps.chain((totalSteps) =>
  someOf(
    { maxLearningRate: rates, totalSteps: fc.constant(totalSteps) },
    {
      cycleSteps: fc.integer({ min: 1, max: totalSteps }),
      initialLearningRate: rates,
      finalLearningRate: parts,
    },
  ),
);

/** Schedules of each kind but those that contain another, by the functions that make them. */
const simple = {
  exponentialDecay: madeBy(
    ours.exponentialDecay,
    someOf(
      { initialLearningRate: rates, decaySteps: steps, decayRate: rates },
      { staircase: flags },
    ),
  ),
  cosineDecay: madeBy(ours.cosineDecay, cosines),
  cosineDecayRestarts: madeBy(
    ours.cosineDecayRestarts,
    someOf(
      { initialLearningRate: rates, firstDecaySteps: steps },
      { tMul: fc.constantFrom(1, 1.5, 2), mMul: rates, alpha: parts },
    ),
  ),
  stepDecay: madeBy(
    ours.stepDecay,
    someOf({ initialLearningRate: rates, dropEvery: steps }, { factor: rates }),
  ),
  polynomialDecay: madeBy(
    ours.polynomialDecay,
    someOf(
      { initialLearningRate: rates, decaySteps: steps },
      { endLearningRate: parts, power: fc.constantFrom(0.5, 1, 2), cycle: flags },
    ),
  ),
  piecewiseConstantDecay: madeBy(ours.piecewiseConstantDecay, piecewise),
  inverseTimeDecay: madeBy(
    ours.inverseTimeDecay,
    someOf(
      { initialLearningRate: rates, decaySteps: steps, decayRate: parts },
      { staircase: flags },
    ),
  ),
  oneCycle: madeBy(ours.oneCycle, cycles),
} as const;

const warmUps = madeBy(
  ours.warmUp,
  someOf(
    {
      learningRate: fc.oneof({ withCrossShrink: true }, rates, ...Object.values(simple)),
      warmupSteps: steps,
    },
    { initialLearningRate: parts },
  ),
);

/** Schedules by their kinds, each with any legal options. */
export const schedulesByKind: Readonly<Record<string, fc.Arbitrary<Schedule>>> = {
  ...simple,
  warmUp: warmUps,
};

/** Schedules of every kind, with any legal options, for trainings of a few steps. */
export function schedules(): fc.Arbitrary<Schedule> {
  return fc.oneof({ withCrossShrink: true }, ...Object.values(schedulesByKind));
}
