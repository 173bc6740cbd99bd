import type { FloatDType } from '@gradus/tensor';
import { checkLaws, configuredRuns } from '@gradus/tensor/testing';
import { expect } from 'chai';
import { loops } from '../../../../src/index';
import { engines, poolingLaws, poolingOf } from '../../../../testing/index';
import { wrongPoolings } from './wrongPoolings';

// A long run tries as many as it says.
const runs = configuredRuns(10);

describe('The laws of pooling', () => {
  for (const engine of engines) {
    for (const dtype of ['float64', 'float32'] as const satisfies readonly FloatDType[]) {
      describe(`hold for ${engine.name} in ${dtype}`, () => {
        const subject = poolingOf(engine, dtype);
        for (const law of poolingLaws) {
          it(`${law.name}: ${law.statement}`, () => {
            expect(law.excuse(subject)).to.equal(undefined);
            law.check(subject, { runs });
          });
        }
      });
    }
  }

  for (const [what, parts, name] of wrongPoolings) {
    it(`find by ${name} what ${what}`, () => {
      const wrong = {
        ...poolingOf(loops, 'float64'),
        views: false,
        name: `what ${what}`,
        ...parts,
      };
      const law = poolingLaws.find((one) => one.name === `pooling/${name}`)!;
      expect(() => law.check(wrong)).to.throw(`pooling/${name} does not hold for what ${what}: `);
    });
  }

  it('each have an error that they find', () => {
    const found = wrongPoolings.map(([, , name]) => `pooling/${name}`);
    expect([...new Set(found)].sort()).to.deep.equal(poolingLaws.map(({ name }) => name).sort());
  });

  it('are stated for averages that count padding, and for what has only one kind of pooling', () => {
    const { maxPool2d, averagePool2d, dtype, name } = poolingOf(loops, 'float64');
    checkLaws(poolingLaws, { name, dtype, maxPool2d: maxPool2d! });
    checkLaws(poolingLaws, { name, dtype, averagePool2d: averagePool2d! });
    const counting = wrongPoolings.find(([what]) => what.startsWith('counts padding'))![1];
    checkLaws(poolingLaws, {
      name,
      dtype,
      maxPool2d: maxPool2d!,
      ...counting,
      countsPadding: true,
    });
  });

  it('keep to the limits of what they are stated for', () => {
    const { maxPool2d, dtype, name } = poolingOf(loops, 'float64');
    const limited: typeof maxPool2d = (x, settings) => {
      const { poolSize, strides, padding } = settings;
      if (Math.max(...poolSize) > 2 || Math.max(...strides) > 2 || padding !== 'valid') {
        throw new Error('too much');
      }
      return maxPool2d!(x, settings);
    };
    const limits = { maxPool: 2, maxStride: 2, paddings: ['valid'] } as const;
    checkLaws(poolingLaws, { name, dtype, maxPool2d: limited, limits });
  });
});
