import type { FloatDType } from '@gradus/tensor';
import { configuredRuns } from '@gradus/tensor/testing';
import { expect } from 'chai';
import { loops } from '../../../../src/index';
import { batchNormalizationOf, engines, normalizationLaws } from '../../../../testing/index';
import { wrongNormalizations } from './wrongNormalizations';

// A long run tries as many as it says.
const runs = configuredRuns(8);

describe('The laws of normalisation', () => {
  for (const engine of engines) {
    for (const dtype of ['float64', 'float32'] as const satisfies readonly FloatDType[]) {
      describe(`hold for batches on ${engine.name} in ${dtype}`, () => {
        const subject = batchNormalizationOf(engine, dtype, 1e-3);
        for (const law of normalizationLaws) {
          it(`${law.name}: ${law.statement}`, () => {
            expect(law.excuse(subject)).to.equal(undefined);
            law.check(subject, { runs });
          });
        }
      });
    }
  }

  for (const [what, parts, name] of wrongNormalizations) {
    it(`find by ${name} what ${what}`, () => {
      const sound = batchNormalizationOf(loops, 'float64');
      const wrong = { ...sound, views: false, name: `what ${what}`, ...parts };
      const law = normalizationLaws.find((one) => one.name === `normalization/${name}`)!;
      const message = `normalization/${name} does not hold for what ${what}: `;
      expect(() => law.check(wrong)).to.throw(message);
    });
  }

  it('each have an error that they find', () => {
    const found = wrongNormalizations.map(([, , name]) => `normalization/${name}`);
    const names = normalizationLaws.map(({ name }) => name);
    expect([...new Set(found)].sort()).to.deep.equal(names.sort());
  });
});
