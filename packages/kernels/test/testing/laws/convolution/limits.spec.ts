import { configuredRuns, tryLaws } from '@gradus/tensor/testing';
import { expect } from 'chai';
import { loops } from '../../../../src/index';
import {
  convolutionLaws,
  convolutionOf,
  type ConvolutionImplementation,
  type ConvolutionLimits,
  type ConvolutionSettings,
} from '../../../../testing/index';

const right = convolutionOf(loops, 'float64');

/** A right implementation that refuses whatever its limits do not allow. */
function strict(limits: ConvolutionLimits): ConvolutionImplementation {
  const { minKernel = 1, maxKernel = Infinity, maxGroups = Infinity, paddings } = limits;
  const { maxStride = Infinity, maxDilation = Infinity, stridesWithDilations = true } = limits;
  const refuse = (what: string): void => {
    throw new Error(`asked for ${what}.`);
  };
  const check = (filter: readonly number[], settings: ConvolutionSettings): void => {
    const [height, width] = filter as [number, number];
    if (Math.min(height, width) < minKernel) refuse(`a filter of ${height}x${width}`);
    if (Math.max(height, width) > maxKernel) refuse(`a filter of ${height}x${width}`);
    const stride = Math.max(...settings.strides);
    const dilation = Math.max(...settings.dilations);
    if (stride > maxStride) refuse(`a stride of ${stride}`);
    if (dilation > maxDilation) refuse(`a dilation of ${dilation}`);
    if (!stridesWithDilations && stride > 1 && dilation > 1) refuse('strides with dilations');
    if (settings.groups > maxGroups) refuse(`${settings.groups} groups`);
    const way = typeof settings.padding === 'string' ? settings.padding : 'explicit';
    if (paddings?.includes(way) === false) refuse(`padding that is ${way}`);
  };
  return {
    ...right,
    name: 'a strict one',
    limits,
    conv2d(x, filter, settings) {
      check(filter.shape, settings);
      return right.conv2d(x, filter, settings);
    },
    inputGradient(dy, filter, settings, xShape) {
      check(filter.shape, settings);
      return right.inputGradient!(dy, filter, settings, xShape);
    },
    filterGradient(dy, x, settings, filterShape) {
      check(filterShape, settings);
      return right.filterGradient!(dy, x, settings, filterShape);
    },
  };
}

/** Limits, and how many of the laws say something within them. */
const table: readonly [limits: ConvolutionLimits, laws: number][] = [
  [{}, 24],
  [{ minKernel: 2 }, 21],
  [{ maxKernel: 2 }, 21],
  [{ minKernel: 3, maxKernel: 3 }, 19],
  [{ minKernel: 3, maxKernel: 5 }, 21],
  [{ maxKernel: 1 }, 21],
  [{ maxStride: 1 }, 23],
  [{ maxDilation: 1 }, 23],
  [{ stridesWithDilations: false }, 24],
  [{ maxGroups: 1 }, 22],
  [{ maxGroups: 2 }, 24],
  [{ paddings: ['valid'] }, 22],
  [{ paddings: ['same'] }, 18],
  [{ paddings: ['explicit'] }, 21],
  [{ paddings: ['same', 'explicit'] }, 23],
];

// A long run tries as many as it says.
const runs = configuredRuns(5);

describe('The laws of convolution ask for nothing beyond', () => {
  for (const [limits, count] of table) {
    it(`${JSON.stringify(limits)}`, () => {
      const outcomes = tryLaws(convolutionLaws, strict(limits), { runs });
      expect(outcomes.flatMap(({ error }) => error?.message ?? [])).to.deep.equal([]);
      expect(outcomes.filter(({ cases }) => cases !== undefined)).to.have.length(count);
    });
  }
});
