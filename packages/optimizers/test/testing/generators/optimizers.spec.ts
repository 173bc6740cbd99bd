import { withBackend } from '@gradus/autodiff';
import { engines } from '@gradus/autodiff/testing';
import { configuredRuns, inCode } from '@gradus/tensor/testing';
import { expect } from 'chai';
import fc from 'fast-check';
import * as all from '../../../src/index';
import { optimizerFromJson, scheduleFromJson, type Schedule } from '../../../src/index';
import { checkResumption } from '../../../testing/checkResumption';
import {
  optimizerKinds,
  optimizers,
  optimizersOf,
  schedules,
  schedulesByKind,
} from '../../../testing';
import { evaluated } from '../../../../tensor/testing/node/evaluated';

const simd = engines.find(({ name }) => name === 'simd')!;

/** So many of each kind; more in long runs. */
const numRuns = configuredRuns(12);

const savedText = (config: unknown): string => JSON.stringify(config);

describe('Generated optimizers', () => {
  for (const kind of optimizerKinds) {
    it(`are resumed to the same bits: ${kind}`, () => {
      fc.assert(
        fc.property(optimizersOf(kind), ({ create }) => {
          withBackend(simd, () => checkResumption(create));
        }),
        { numRuns },
      );
    });

    it(`are saved, read again, and written as code: ${kind}`, () => {
      fc.assert(
        fc.property(optimizersOf(kind), (drawn) => {
          const { config } = drawn.create();
          expect(config.kind).to.equal(kind);
          const read = optimizerFromJson(JSON.parse(savedText(config)) as all.SavedConfig);
          expect(savedText(read.config)).to.equal(savedText(config));
          const fromCode = evaluated(inCode(drawn), all) as all.Optimizer;
          expect(savedText(fromCode.config)).to.equal(savedText(config));
        }),
        { numRuns },
      );
    });
  }

  it('shrink to the one without options', () => {
    const { counterexample } = fc.check(
      fc.property(optimizers(), () => false),
      { seed: 5 },
    );
    expect(inCode(counterexample![0])).to.equal('sgd()');
  });

  it('are of every kind, with and without schedules and clipping', () => {
    const drawn = fc.sample(optimizers(), { numRuns: 200, seed: 0 });
    expect(new Set(drawn.map(({ kind }) => kind)).size).to.equal(optimizerKinds.length);
    const named = new Set(drawn.flatMap(({ options }) => Object.keys(options)));
    expect([...named]).to.include.members(['clipValue', 'clipNorm', 'globalClipNorm']);
    expect(named).to.include('weightDecay');
    expect(drawn.some(({ options }) => typeof options['learningRate'] === 'function')).to.be.true;
  });
});

describe('Generated schedules', () => {
  const kinds = Object.keys(schedulesByKind);

  it('are of each kind that there is', () => {
    const makers = Object.keys(all).filter((name) => /(Decay|Restarts|Cycle|^warmUp)$/.test(name));
    expect([...kinds].sort()).to.deep.equal(makers.sort());
  });

  const steps = Array.from({ length: 16 }, (_, step) => step);
  const ratesOf = (schedule: Schedule): number[] => steps.map((step) => schedule(step));

  for (const kind of kinds) {
    it(`give finite rates of at least 0, the same when saved, read and written as code: ${kind}`, () => {
      fc.assert(
        fc.property(schedulesByKind[kind]!, (schedule) => {
          const rates = ratesOf(schedule);
          expect(rates.every((rate) => rate >= 0 && rate < Infinity)).to.be.true;
          expect(schedule.kind).to.equal(kind);
          const { config } = all.sgd({ learningRate: schedule }).config;
          const saved = JSON.parse(savedText(config['learningRate'])) as all.SavedConfig;
          expect(ratesOf(scheduleFromJson(saved))).to.deep.equal(rates);
          expect(ratesOf(evaluated(inCode(schedule), all) as Schedule)).to.deep.equal(rates);
        }),
        { numRuns },
      );
    });
  }

  it('shrink to one of a few numbers', () => {
    const { counterexample } = fc.check(
      fc.property(schedules(), () => false),
      { seed: 3 },
    );
    expect(inCode(counterexample![0])).to.equal(
      'exponentialDecay({ initialLearningRate: 0.015625, decaySteps: 1, decayRate: 0.015625 })',
    );
  });
});
