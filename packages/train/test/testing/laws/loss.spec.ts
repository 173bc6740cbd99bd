import type { FloatDType } from '@gradus/tensor';
import { checkLaws, configuredRuns } from '@gradus/tensor/testing';
import { expect } from 'chai';
import * as losses from '../../../src/losses';
import { lossLaws, lossOf, lossProperties, type LossProperties } from '../../../testing/index';
import { engines } from '../../engines';
import { soundLoss, wrongLosses } from './wrongLosses';

// A long run tries as many as it says.
const runs = configuredRuns(5);

const fromLogits = { fromLogits: true };

const ours: Readonly<Record<keyof typeof lossProperties, losses.SampleLoss>> = {
  meanSquaredError: losses.meanSquaredError,
  meanAbsoluteError: losses.meanAbsoluteError,
  meanAbsolutePercentageError: losses.meanAbsolutePercentageError,
  meanSquaredLogarithmicError: losses.meanSquaredLogarithmicError,
  huber: losses.huber(),
  logCosh: losses.logCosh,
  hinge: losses.hinge,
  squaredHinge: losses.squaredHinge,
  categoricalHinge: losses.categoricalHinge,
  kullbackLeiblerDivergence: losses.kullbackLeiblerDivergence,
  cosineSimilarity: losses.cosineSimilarity,
  poisson: losses.poisson,
  binaryCrossentropy: losses.binaryCrossentropy(),
  binaryCrossentropyFromLogits: losses.binaryCrossentropy(fromLogits),
  categoricalCrossentropy: losses.categoricalCrossentropy(),
  categoricalCrossentropyFromLogits: losses.categoricalCrossentropy(fromLogits),
  sparseCategoricalCrossentropy: losses.sparseCategoricalCrossentropy(),
  sparseCategoricalCrossentropyFromLogits: losses.sparseCategoricalCrossentropy(fromLogits),
  binaryFocalCrossentropy: losses.binaryFocalCrossentropy(),
  categoricalFocalCrossentropy: losses.categoricalFocalCrossentropy(),
};

describe('The laws of losses', () => {
  for (const engine of engines) {
    for (const dtype of ['float64', 'float32'] as const satisfies readonly FloatDType[]) {
      for (const [name, properties] of Object.entries<LossProperties>(lossProperties)) {
        const subject = lossOf(name, ours[name as keyof typeof ours], properties, {
          dtype,
          engine,
        });
        it(`hold for ${subject.name}`, () => {
          checkLaws(lossLaws, subject, { runs });
        });
      }
    }
  }

  for (const [what, parts, name] of wrongLosses) {
    it(`find by ${name} what ${what}`, () => {
      const wrong = { ...soundLoss, ...parts, name: `what ${what}` };
      const law = lossLaws.find((one) => one.name === `loss/${name}`)!;
      expect(() => law.check(wrong)).to.throw(`loss/${name} does not hold for what ${what}: `);
    });
  }

  it('each have an error that they find', () => {
    const found = wrongLosses.map(([, , name]) => `loss/${name}`);
    expect([...new Set(found)].sort()).to.deep.equal(lossLaws.map(({ name }) => name).sort());
  });
});
