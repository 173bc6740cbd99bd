import type { ConvolutionImplementation, ConvolutionLimits } from './implementation';
import { paddingsWithin, type PaddingWay } from './problems';

/** What an implementation must be able to do for a law to say something about it. */
export interface ConvolutionNeeds {
  /** Filters of so many pixels, in height and in width. */
  readonly kernels?: readonly number[];
  /** At least one of these ways to give the padding. */
  readonly paddings?: readonly PaddingWay[];
  /** Those of which more than 1 must be possible. */
  readonly several?: readonly ('strides' | 'dilations' | 'groups')[];
}

/** Makes the excuse of a law: what an implementation lacks for it, in a few words. */
export function unless(
  needs: ConvolutionNeeds,
): (implementation: ConvolutionImplementation) => string | undefined {
  return ({ limits = {} }) => lackOf(needs, limits);
}

function lackOf(needs: ConvolutionNeeds, limits: ConvolutionLimits): string | undefined {
  const { kernels = [], paddings, several = [] } = needs;
  const { minKernel = 1, maxKernel = Infinity } = limits;
  const kernel = kernels.find((size) => size < minKernel || size > maxKernel);
  if (kernel !== undefined) return `it takes no ${kernel}x${kernel} filters`;
  const most = {
    strides: limits.maxStride,
    dilations: limits.maxDilation,
    groups: limits.maxGroups,
  };
  const missing = several.find((what) => most[what] === 1);
  if (missing !== undefined) return `it has no ${missing}`;
  if (paddings === undefined || paddingsWithin({ paddings }, limits).length > 0) return undefined;
  return `it has no padding that is ${paddings.join(' or ')}`;
}
