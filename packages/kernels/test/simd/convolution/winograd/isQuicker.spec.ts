import type { Shape } from '@gradus/tensor';
import { expect } from 'chai';
import { convGeometry, type ConvOptions } from '../../../../src/index';
import { ruleFor } from '../../../../src/simd/convolution/choice';
import { convKernels } from '../../../../testing/index';
import { geometryOf } from './smallConvolutions';

describe('The rule for Winograd', () => {
  const algorithm = (x: Shape, filters: number, options: ConvOptions = {}): readonly string[] => {
    const geometry = geometryOf(x, filters, { padding: 'same', ...options });
    return convKernels.map((kernel) => ruleFor(kernel, geometry).algorithm);
  };
  const winograd = 'Winograd F(2x2, 3x3)';
  const none = ['direct', 'direct, by phases of the strides', 'direct'];

  it('holds from as many pixels and channels on as were measured', () => {
    const all = convKernels.map(() => winograd);
    expect(algorithm([32, 28, 28, 32], 64)).to.deep.equal(all);
    expect(algorithm([8, 28, 28, 8], 8)).to.deep.equal(all);
    expect(algorithm([1, 14, 14, 32], 32)).to.deep.equal(all);
    expect(algorithm([1, 7, 7, 32], 32)).to.deep.equal(none);
    expect(algorithm([16, 56, 56, 4], 4)).to.deep.equal(none);
    expect(algorithm([1, 4, 4, 64], 64)).to.deep.equal(none);
  });

  it('looks at the pixels that are computed', () => {
    // 8x8 of them in the input gradient, 6x6 in the others.
    const found = algorithm([2, 8, 8, 32], 32, { padding: 'valid' });
    expect(found).to.deep.equal(['direct', winograd, 'direct']);
  });

  it('holds for strides and dilations of 1 and one group only', () => {
    const none = (options: ConvOptions, filter: Shape): void => {
      const geometry = convGeometry('conv2d', [8, 28, 28, 64], filter, options);
      for (const kernel of convKernels) {
        expect(ruleFor(kernel, geometry).algorithm).not.to.equal(winograd);
      }
    };
    none({ strides: [2, 1] }, [3, 3, 64, 64]);
    none({ strides: [1, 2] }, [3, 3, 64, 64]);
    none({ dilations: [2, 1] }, [3, 3, 64, 64]);
    none({ dilations: [1, 2] }, [3, 3, 64, 64]);
    none({ groups: 2 }, [3, 3, 32, 64]);
    none({}, [3, 2, 64, 64]);
    none({}, [2, 3, 64, 64]);
  });

  it('has a case for one channel, from as many filters and pixels on as were measured', () => {
    const first = (x: Shape, filters: number): string => algorithm(x, filters)[0]!;
    const found = 'one channel, Winograd F(2x2, 3x3)';
    expect(first([32, 28, 28, 1], 32)).to.equal(found);
    expect(first([1, 16, 16, 1], 16)).to.equal(found);
    expect(first([1, 16, 15, 1], 16)).to.equal('direct');
    expect(first([1, 16, 16, 1], 15)).to.equal('direct');
    expect(first([1, 16, 16, 2], 16)).to.equal('direct');
    expect(algorithm([32, 28, 28, 1], 32, { strides: 2 })[0]).to.equal('direct');
  });

  it('says that its results are approximate', () => {
    const geometry = geometryOf([32, 28, 28, 32], 64);
    for (const kernel of convKernels) {
      expect(ruleFor(kernel, geometry).approximate).to.equal(true);
    }
  });
});
