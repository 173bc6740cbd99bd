import { withBackend } from '@gradus/autodiff';
import { engines } from '@gradus/autodiff/testing';
import { checkLaws, configuredRuns, LawError, tryLaws } from '@gradus/tensor/testing';
import { expect } from 'chai';
import { implementationOfRule, optimizerKinds, optimizerLaws, optimizerOf } from '../../../testing';
import { adam } from '../../../src/index';
import { wrongOptimizers } from './wrongOptimizers';

/** So many cases for each law on each engine; more in long runs. */
const runs = configuredRuns(4);

describe('Every optimizer obeys the laws of its method', () => {
  for (const engine of engines) {
    for (const kind of optimizerKinds) {
      for (const dtype of ['float64', 'float32'] as const) {
        it(`${kind} on ${engine.name} in ${dtype}`, () => {
          checkLaws(optimizerLaws, optimizerOf(kind, engine, dtype), { runs });
        });
      }
    }
  }

  it('also as an update rule by itself', () => {
    const rule = implementationOfRule({
      name: "adam's rule",
      dtype: 'float64',
      method: 'adam',
      rule: ({ learningRate: _, ...options }) => adam(options).rule,
    });
    withBackend(engines[1]!, () => checkLaws(optimizerLaws, rule, { runs }));
  });
});

describe('The laws of optimizers catch', () => {
  for (const [what, subject, law] of wrongOptimizers) {
    it(`${what}: ${law}`, () => {
      const { check } = optimizerLaws.find(({ name }) => name === law)!;
      expect(() => check(subject)).to.throw(LawError, `${law} does not hold for ${what}`);
    });
  }

  it('each something: there is a wrong optimizer for each law', () => {
    const caught = new Set(wrongOptimizers.map(([, , law]) => law));
    expect(optimizerLaws.map(({ name }) => name).filter((name) => !caught.has(name))).to.deep.equal(
      [],
    );
  });
});

describe('A law of optimizers', () => {
  it('says nothing of other methods', () => {
    const outcomes = tryLaws(optimizerLaws, optimizerOf('sgd', engines[1]!, 'float64'), {
      runs: 1,
    });
    const { excuse } = outcomes.find(({ law }) => law === 'adam/bias-correction')!;
    expect(excuse).to.equal('it is sgd, not adam or adamax');
  });

  it('names itself, the optimizer, the seed and the smallest case', () => {
    const [, subject] = wrongOptimizers.find(([what]) => what.startsWith('Adam that multiplies'))!;
    const law = optimizerLaws.find(({ name }) => name === 'adam/bias-correction')!;
    expect(() => law.check(subject, { seed: 1 })).to.throw(
      'adam/bias-correction does not hold for Adam that multiplies with the bias correction: ' +
        'With the same gradient g at each step, w_t = w_0 - t lr sign(g).\n' +
        'after step 1: expected -0.015625 at [0]; received -0.015873015873015872. The difference ' +
        '0.00024801587301587213 is more than 1e-12 of the scale 0.015625.\n' +
        "Seed 1, path '0:0:0:0:0:0:1:0:0:1:1:1'. The smallest case found:\n\n" +
        '  const descent = { start: tensor(Float64Array.of(0), [1]), gradients: ' +
        '[tensor(Float64Array.of(0.5), [1])], settings: { learningRate: 0.015625, beta1: 0, ' +
        'beta2: 0.015625, epsilon: 1e-30 } };\n' +
        '  const steps = 1;\n',
    );
  });
});
