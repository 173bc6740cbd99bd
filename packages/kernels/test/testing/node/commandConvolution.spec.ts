import { join } from 'node:path';
import type { Tensor } from '@gradus/tensor';
import { checkLaws, expectClose } from '@gradus/tensor/testing';
import { expect } from 'chai';
import { reference } from '../../../src/reference';
import { convolutionLaws, convolutionOf } from '../../../testing/laws/convolution';
import { commandConvolution } from '../../../testing/node';
import { dy, filter, inOwnTemporaryFolder, leftover, settings, x } from './programs';

const port = join(__dirname, 'ports/convolution.pl');

describe('commandConvolution', function () {
  this.timeout(60_000);
  inOwnTemporaryFolder();

  for (const keepRunning of [false, true]) {
    const how = keepRunning ? 'that keeps running' : 'for each call';

    it(`asks a program ${how}`, () => {
      const command = ['perl', port];
      const found = commandConvolution({ command, dtype: 'float64', keepRunning });
      const expected = convolutionOf(reference, 'float64');
      const same = (a: Tensor, b: Tensor): void => expectClose(a, b, { relative: 0 });
      const wide = {
        ...settings,
        padding: [
          [0, 1],
          [2, 0],
        ],
        strides: [1, 2],
      } as const;
      for (const how of [settings, wide]) {
        same(found.conv2d(x, filter, how), expected.conv2d(x, filter, how));
      }
      same(
        found.inputGradient!(dy, filter, settings, x.shape),
        expected.inputGradient!(dy, filter, settings, x.shape),
      );
      same(
        found.filterGradient!(dy, x, settings, filter.shape),
        expected.filterGradient!(dy, x, settings, filter.shape),
      );
      expect(found.name).to.equal(`perl ${port}`);
      found.end();
    });
  }

  it('lets a port in another language be tested by the laws', () => {
    const command = ['perl', port];
    const name = 'convolution.pl';
    const found = commandConvolution({ command, name, dtype: 'float64', keepRunning: true });
    checkLaws(convolutionLaws, found, { runs: 2 });
    found.end();
  });

  it('tells the laws what the program can do', () => {
    const limits = { maxStride: 1 };
    const options = { command: ['perl'], dtype: 'float64', limits } as const;
    const found = commandConvolution({ ...options, operations: ['conv2d', 'filterGradient'] });
    expect(found.limits).to.equal(limits);
    expect(found).to.not.have.property('inputGradient');
    expect(found).to.have.property('filterGradient');
  });

  it('leaves no folder behind', () => {
    expect(leftover()).to.deep.equal([]);
  });
});
