import { tensor } from '@gradus/tensor';
import { combined, defineLaw, expectClose, floats, type Law } from '@gradus/tensor/testing';
import fc from 'fast-check';
import { windowOf } from '../rearrange';
import { matrixProduct } from './algorithms/im2col';
import { composedCases, deltaCases, factoredCases, separableCases } from './composedCases';
import { paddingAround, resultShape } from './definition';
import { unless } from './excuses';
import { composedFilter, outerProduct } from './filters';
import type { ConvolutionImplementation } from './implementation';
import { convolutionProblems, drawnConvolutions, numbersFor } from './problems';
import { convolutionTolerance, largestSum, within } from './rounding';

/** Convolutions as an algebra: linear, with an identity, and closed under composition. */
export const compositionLaws: readonly Law<ConvolutionImplementation>[] = [
  defineLaw({
    name: 'convolution/bilinear',
    statement:
      "conv(a x + x', w) = a conv(x, w) + conv(x', w) and " +
      "conv(x, a w + w') = a conv(x, w) + conv(x, w').",
    source: 'the definition is a sum of products of one number of x and one of w',
    domain: 'everywhere',
    tolerance: convolutionTolerance,
    cases: (implementation) =>
      convolutionProblems(implementation.limits).chain(({ x, filter, settings }) =>
        fc.record({
          x: numbersFor(implementation, x),
          otherX: numbersFor(implementation, x),
          filter: numbersFor(implementation, filter),
          otherFilter: numbersFor(implementation, filter),
          factor: floats(),
          settings: fc.constant(settings),
        }),
      ),
    holds(implementation, { x, otherX, filter, otherFilter, factor, settings }) {
      const sum = (a: number, b: number): number => factor * a + b;
      const agreement = (other: number): ReturnType<typeof within> =>
        within(implementation, Math.abs(factor) * largestSum(x, filter) + other);
      const first = implementation.conv2d(x, filter, settings);
      const ofOtherX = implementation.conv2d(otherX, filter, settings);
      const inX = implementation.conv2d(combined(x, otherX, sum), filter, settings);
      expectClose(inX, combined(first, ofOtherX, sum), agreement(largestSum(otherX, filter)));
      const ofOtherFilter = implementation.conv2d(x, otherFilter, settings);
      const inFilter = implementation.conv2d(x, combined(filter, otherFilter, sum), settings);
      const expected = combined(first, ofOtherFilter, sum);
      expectClose(inFilter, expected, agreement(largestSum(x, otherFilter)));
    },
  }),
  defineLaw({
    name: 'convolution/delta-is-identity',
    statement: 'conv(x, delta) = x, where delta is 1 at one tap and 0 at the others.',
    source: 'one term of the definition is left',
    domain:
      "strides of 1; padding that makes up for the place of the tap, or the interior: 'valid'",
    tolerance: convolutionTolerance,
    excuse: unless({ paddings: ['explicit', 'valid'] }),
    cases: deltaCases,
    holds(implementation, { x, filter, settings, tap }) {
      const [[top], [left]] = paddingAround(x.shape, filter.shape, settings);
      const begin = [
        0,
        tap[0] * settings.dilations[0] - top,
        tap[1] * settings.dilations[1] - left,
        0,
      ];
      const expected = windowOf(x, begin, resultShape(x.shape, filter.shape, settings));
      const found = implementation.conv2d(x, filter, settings);
      expectClose(found, expected, within(implementation, largestSum(x, filter)));
    },
  }),
  defineLaw({
    name: 'convolution/pointwise-is-matrix-product',
    statement: 'conv(x, w) = X W for 1x1 filters, where the rows of X are the pixels of x.',
    source: 'one tap is left in the definition, and the sum over c is a product of matrices',
    domain: 'strides and groups of 1, no padding',
    tolerance: convolutionTolerance,
    excuse: unless({ kernels: [1], paddings: ['valid', 'same'] }),
    cases: (implementation) => {
      const domain = { maxKernel: 1, maxStep: 1, maxGroups: 1, maxChannels: 8 };
      const paddings = ['valid', 'same'] as const;
      const problems = convolutionProblems(implementation.limits, { ...domain, paddings });
      return drawnConvolutions(implementation, problems);
    },
    holds(implementation, { x, filter, settings }) {
      const [batch, height, width, channels] = x.shape as [number, number, number, number];
      const pixels = tensor(x.toTypedArray(), [batch * height * width, channels]);
      const { data } = matrixProduct(pixels, filter);
      const expected = tensor(data, [batch, height, width, filter.shape[3]!]);
      const found = implementation.conv2d(x, filter, settings);
      expectClose(found, expected, within(implementation, largestSum(x, filter)));
    },
  }),
  defineLaw({
    name: 'convolution/separable-is-composed',
    statement: 'conv(conv(x, u; g = C), v) = conv(x, w) with w[k, l, c, f] = u[k, l, c] v[c, f].',
    source: 'F. Chollet, arXiv:1610.02357, section 1; by exchanging sums in the definition',
    domain: 'everywhere: the depthwise filter u has any strides, dilations and padding; v is 1x1',
    tolerance: convolutionTolerance,
    excuse: unless({ kernels: [1], several: ['groups'] }),
    cases: separableCases,
    holds(implementation, { x, depthwise, pointwise, settings, pointwiseSettings }) {
      const between = implementation.conv2d(x, depthwise, { ...settings, groups: x.shape[3]! });
      const found = implementation.conv2d(between, pointwise, pointwiseSettings);
      const filter = outerProduct(depthwise, pointwise);
      const expected = implementation.conv2d(x, filter, settings);
      const scale = largestSum(x, depthwise, pointwise);
      expectClose(found, expected, within(implementation, scale));
    },
  }),
  defineLaw({
    name: 'convolution/columns-then-rows',
    statement:
      'conv(conv(x, u), v) = conv(x, w) with w[k, l, c, f] = sum over m of u[k, c, m] v[l, m, f].',
    source: 'R. Gonzalez, R. Woods, "Digital Image Processing", 2018, section 3.4: rank-1 kernels',
    domain: 'everywhere: u [K, 1, C, M] and v [1, L, M, F], each with the settings of its axis',
    tolerance: convolutionTolerance,
    excuse: unless({ kernels: [1] }),
    cases: factoredCases,
    holds(implementation, { x, first, firstSettings, second, secondSettings, settings }) {
      const between = implementation.conv2d(x, first, firstSettings);
      const found = implementation.conv2d(between, second, secondSettings);
      const expected = implementation.conv2d(x, composedFilter(first, second), settings);
      const scale = largestSum(x, first, second);
      expectClose(found, expected, within(implementation, scale));
    },
  }),
  defineLaw({
    name: 'convolution/composition',
    statement:
      'conv(conv(x, u), v) = conv(x, u * v), where u * v is the full convolution of u and v.',
    source: 'convolution is associative; R. Gonzalez, R. Woods, 2018, table 3.5',
    domain: "the interior ('valid'), or full padding; one dilation for all; any strides of v",
    tolerance: convolutionTolerance,
    excuse: (implementation) =>
      unless({ paddings: ['valid', 'explicit'] })(implementation) ??
      (canCompose(implementation) ? undefined : 'it takes no filters large enough'),
    cases: composedCases,
    holds(implementation, { x, first, firstSettings, second, secondSettings, settings }) {
      const between = implementation.conv2d(x, first, firstSettings);
      const found = implementation.conv2d(between, second, secondSettings);
      const expected = implementation.conv2d(x, composedFilter(first, second), settings);
      const scale = largestSum(x, first, second);
      expectClose(found, expected, within(implementation, scale));
    },
  }),
];

/** Whether it takes the composition of two filters that are more than one pixel each. */
function canCompose({ limits = {} }: ConvolutionImplementation): boolean {
  const { minKernel = 1, maxKernel = Infinity } = limits;
  return maxKernel >= 2 * Math.max(minKernel, 2) - 1;
}
