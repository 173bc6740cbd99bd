import type { FloatDType } from '@gradus/tensor';
import { checkLaws, configuredRuns } from '@gradus/tensor/testing';
import { expect } from 'chai';
import { engines, softmaxLaws, softmaxOf } from '../../../../testing/index';
import { soundSoftmax, wrongSoftmaxes } from './wrongSoftmaxes';

// A long run tries as many as it says.
const runs = configuredRuns(10);

describe('The laws of softmax', () => {
  for (const engine of engines) {
    for (const dtype of ['float64', 'float32'] as const satisfies readonly FloatDType[]) {
      describe(`hold for ${engine.name} in ${dtype}`, () => {
        const subject = softmaxOf(engine, dtype);
        // The gradients are tried where there are some, in the tests of the package above.
        for (const law of softmaxLaws.filter(({ excuse }) => excuse(subject) === undefined)) {
          it(`${law.name}: ${law.statement}`, () => {
            law.check(subject, { runs });
          });
        }
      });
    }
  }

  it('hold for plain sums', () => {
    checkLaws(softmaxLaws, soundSoftmax);
  });

  for (const [what, parts, name] of wrongSoftmaxes) {
    it(`find by ${name} what ${what}`, () => {
      const wrong = { ...soundSoftmax, name: `what ${what}`, ...parts };
      const law = softmaxLaws.find((one) => one.name === `softmax/${name}`)!;
      expect(() => law.check(wrong)).to.throw(`softmax/${name} does not hold for what ${what}: `);
    });
  }

  it('each have an error that they find', () => {
    const found = wrongSoftmaxes.map(([, , name]) => `softmax/${name}`);
    expect([...new Set(found)].sort()).to.deep.equal(softmaxLaws.map(({ name }) => name).sort());
  });
});
