import type { LawOptions } from '@gradus/tensor/testing';
import { configuredRuns } from '@gradus/tensor/testing';
import { expect } from 'chai';
import { convolutionLaws, type ConvolutionImplementation } from '../../../../testing/index';
import { ofAlgorithms, ofEngines } from './algorithms';

describe('The laws of convolution', () => {
  const obeyed = (implementation: ConvolutionImplementation, options: LawOptions): void => {
    describe(`hold for ${implementation.name}`, () => {
      for (const law of convolutionLaws) {
        if (law.excuse(implementation) !== undefined) continue;
        it(`${law.name}: ${law.statement}`, () => void law.check(implementation, options));
      }
    });
  };

  for (const engine of ofEngines) obeyed(engine, {});
  // There are many, and engines have been through more cases with most of them. Long runs are long.
  const runs = configuredRuns(10);
  for (const algorithm of ofAlgorithms) obeyed(algorithm, { runs });

  it('all apply to every engine', () => {
    for (const implementation of ofEngines) {
      const excused = convolutionLaws.filter((law) => law.excuse(implementation) !== undefined);
      expect(excused).to.deep.equal([]);
    }
  });

  it('apply to an algorithm as far as it goes', () => {
    const winograd = ofAlgorithms.find(({ name }) => name.includes('Winograd'))!;
    const excuses = convolutionLaws.flatMap(({ name, excuse }) => {
      const reason = excuse(winograd);
      return reason === undefined ? [] : [[name, reason]];
    });
    expect(excuses).to.deep.equal([
      ['convolution/pointwise-is-matrix-product', 'it takes no 1x1 filters'],
      ['convolution/separable-is-composed', 'it takes no 1x1 filters'],
      ['convolution/columns-then-rows', 'it takes no 1x1 filters'],
      ['convolution/composition', 'it takes no filters large enough'],
      ['convolution/strides-subsample', 'it has no strides'],
      ['convolution/dilation-spreads', 'it has no dilations'],
      ['convolution/groups-split', 'it has no groups'],
    ]);
  });
});
