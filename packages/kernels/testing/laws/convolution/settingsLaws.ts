import { defineLaw, expectClose, type Law } from '@gradus/tensor/testing';
import { concatenated, framed, spread, subsampled, taken } from '../rearrange';
import { paddingAround } from './definition';
import { unless } from './excuses';
import type { ConvolutionImplementation } from './implementation';
import {
  convolutionProblems,
  drawnConvolutions,
  paddingsWithin,
  type ConvolutionDomain,
} from './problems';
import { convolutionTolerance, largestSum, within } from './rounding';

/** What strides, dilations, padding and groups mean, each in terms of convolutions without them. */
export const settingsLaws: readonly Law<ConvolutionImplementation>[] = [
  defineLaw({
    name: 'convolution/strides-subsample',
    statement: 'conv(x, w; s)[n, i, j] = conv(x, w; 1)[n, i s, j s].',
    source: 'V. Dumoulin, F. Visin, arXiv:1603.07285, section 2.4',
    domain: "padding given as pairs, or 'valid': 'same' depends on the stride",
    tolerance: convolutionTolerance,
    excuse: unless({ several: ['strides'], paddings: ['explicit', 'valid'] }),
    cases: drawnWithin({ maxStride: 3, paddings: ['explicit', 'valid'] }),
    holds(implementation, { x, filter, settings }) {
      const [vertical, horizontal] = settings.strides;
      const dense = implementation.conv2d(x, filter, { ...settings, strides: [1, 1] });
      const expected = subsampled(dense, [1, vertical, horizontal, 1]);
      const found = implementation.conv2d(x, filter, settings);
      expectClose(found, expected, within(implementation, largestSum(x, filter)));
    },
  }),
  defineLaw({
    name: 'convolution/dilation-spreads',
    statement: 'conv(x, w; d) = conv(x, w spread d apart; 1), with zeros between the taps of w.',
    source: 'V. Dumoulin, F. Visin, arXiv:1603.07285, section 5.1',
    domain: 'everywhere: the border, and every padding',
    tolerance: convolutionTolerance,
    excuse: (implementation) =>
      unless({ several: ['dilations'] })(implementation) ??
      (takesSpread(implementation) ? undefined : 'it takes no filters large enough'),
    cases: (implementation) =>
      drawnWithin({ maxKernel: Math.min(3, spreadableKernel(implementation)), maxDilation: 2 })(
        implementation,
      ),
    holds(implementation, { x, filter, settings }) {
      const [vertical, horizontal] = settings.dilations;
      const wide = spread(filter, [vertical, horizontal, 1, 1]);
      const expected = implementation.conv2d(x, wide, { ...settings, dilations: [1, 1] });
      const found = implementation.conv2d(x, filter, settings);
      expectClose(found, expected, within(implementation, largestSum(x, filter)));
    },
  }),
  defineLaw({
    name: 'convolution/groups-split',
    statement: 'conv([x1, ..., xg], [w1, ..., wg]; g) = [conv(x1, w1; 1), ..., conv(xg, wg; 1)].',
    source: 'A. Krizhevsky, I. Sutskever, G. Hinton, "ImageNet Classification", 2012, section 3.5',
    domain: 'everywhere; depthwise where each group has one channel',
    tolerance: convolutionTolerance,
    excuse: unless({ several: ['groups'] }),
    cases: drawnWithin({ minGroups: 2 }),
    holds(implementation, { x, filter, settings }) {
      const { groups } = settings;
      const [first, ...others] = Array.from({ length: groups }, (_, group) =>
        implementation.conv2d(
          taken(x, 3, partOf(x.shape[3]!, groups, group)),
          taken(filter, 3, partOf(filter.shape[3]!, groups, group)),
          { ...settings, groups: 1 },
        ),
      );
      const found = implementation.conv2d(x, filter, settings);
      const expected = concatenated([first!, ...others], 3);
      expectClose(found, expected, within(implementation, largestSum(x, filter)));
    },
  }),
  defineLaw({
    name: 'convolution/padding-is-zeros',
    statement: "conv(x, w; pairs) = conv(x with zeros around it, w; 'valid').",
    source: 'V. Dumoulin, F. Visin, arXiv:1603.07285, section 2.2',
    domain: 'everywhere; also more padding than the image has pixels',
    tolerance: convolutionTolerance,
    excuse: (implementation) =>
      unless({ paddings: ['explicit'] })(implementation) ??
      unless({ paddings: ['valid'] })(implementation),
    cases: drawnWithin({ paddings: ['explicit'] }),
    holds(implementation, { x, filter, settings }) {
      const whole = framed(x, paddingAround(x.shape, filter.shape, settings));
      const expected = implementation.conv2d(whole, filter, { ...settings, padding: 'valid' });
      const found = implementation.conv2d(x, filter, settings);
      expectClose(found, expected, within(implementation, largestSum(x, filter)));
    },
  }),
  defineLaw({
    name: 'convolution/same-padding',
    statement:
      "conv(x, w; 'same') = conv(x, w; p) with p = max((ceil(n / s) - 1) s + k' - n, 0) zeros " +
      "along n pixels, the odd one behind them, k' = (k - 1) d + 1.",
    source: 'TensorFlow and Keras: padding SAME; the odd pixel goes to the bottom and the right',
    domain: "everywhere; p is given as pairs, or put around the image and 'valid'",
    tolerance: convolutionTolerance,
    excuse: (implementation) =>
      unless({ paddings: ['same'] })(implementation) ??
      unless({ paddings: ['explicit', 'valid'] })(implementation),
    cases: drawnWithin({ maxStride: 3, paddings: ['same'] }),
    holds(implementation, { x, filter, settings }) {
      const pairs = paddingAround(x.shape, filter.shape, settings);
      const ways = paddingsWithin({ paddings: ['explicit', 'valid'] }, implementation.limits);
      const found = implementation.conv2d(x, filter, settings);
      for (const way of ways) {
        const expected =
          way === 'explicit'
            ? implementation.conv2d(x, filter, { ...settings, padding: pairs })
            : implementation.conv2d(framed(x, pairs), filter, { ...settings, padding: 'valid' });
        expectClose(found, expected, within(implementation, largestSum(x, filter)));
      }
    },
  }),
];

function drawnWithin(domain: ConvolutionDomain) {
  return (implementation: ConvolutionImplementation) =>
    drawnConvolutions(implementation, convolutionProblems(implementation.limits, domain));
}

/** Whether it takes some filter spread by 2. */
function takesSpread(implementation: ConvolutionImplementation): boolean {
  return spreadableKernel(implementation) >= Math.max(2, implementation.limits?.minKernel ?? 1);
}

/** The largest filter that it takes spread by 2. */
function spreadableKernel({ limits }: ConvolutionImplementation): number {
  return Math.floor(((limits?.maxKernel ?? Infinity) - 1) / 2) + 1;
}

/** The entries of one group of several. */
function partOf(entries: number, groups: number, group: number): number[] {
  const size = entries / groups;
  return Array.from({ length: size }, (_, i) => group * size + i);
}
