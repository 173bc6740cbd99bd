import type { Tensor } from '@gradus/tensor';
import { defineLaw, expectClose, type Law } from '@gradus/tensor/testing';
import { convolutionByFft } from './algorithms/fft';
import { convolutionByIm2col } from './algorithms/im2col';
import { convolutionByWinograd } from './algorithms/winograd';
import { convolutionByDefinition } from './definition';
import { unless } from './excuses';
import type { ConvolutionImplementation } from './implementation';
import { convolutionProblems, drawnConvolutions, type DrawnConvolution } from './problems';
import { convolutionTolerance, largestSum, within } from './rounding';

/** A convolution is one function, by whichever algorithm it is computed. */
export const algorithmLaws: readonly Law<ConvolutionImplementation>[] = [
  defineLaw({
    name: 'convolution/definition',
    statement:
      'conv(x, w)[n, i, j, f] = sum over k, l, c of ' +
      'x[n, i s - p + k d, j s - p + l d, c] w[k, l, c, f], with zeros outside x.',
    source: 'I. Goodfellow, Y. Bengio, A. Courville, "Deep Learning", 2016, sections 9.1 and 9.5',
    domain: 'everywhere: all strides, dilations, paddings and groups, and the border',
    tolerance: convolutionTolerance,
    cases: anyConvolutions,
    holds: (implementation, drawn) => expectSame(implementation, drawn, convolutionByDefinition),
  }),
  defineLaw({
    name: 'convolution/im2col',
    statement: 'conv(x, w) = P(x) W, where the rows of P(x) are the patches of x under the filter.',
    source: 'K. Chellapilla, S. Puri, P. Simard, 2006, section 3',
    domain: 'everywhere; with groups, group by group',
    tolerance: convolutionTolerance,
    cases: anyConvolutions,
    holds: (implementation, drawn) => expectSame(implementation, drawn, convolutionByIm2col),
  }),
  defineLaw({
    name: 'convolution/winograd',
    statement: 'conv(x, w) = A^T [(G w G^T) (B^T x B)] A on 2x2 tiles of the result.',
    source: 'A. Lavin, S. Gray, arXiv:1509.09308, section 4.1',
    domain: '3x3 filters; strides, dilations and groups of 1; every padding',
    tolerance: convolutionTolerance,
    excuse: unless({ kernels: [3] }),
    cases: (implementation) => {
      const domain = { minKernel: 3, maxKernel: 3, maxStep: 1, maxGroups: 1 };
      const problems = convolutionProblems(implementation.limits, domain);
      return drawnConvolutions(implementation, problems);
    },
    holds: (implementation, drawn) => expectSame(implementation, drawn, convolutionByWinograd),
  }),
  defineLaw({
    name: 'convolution/fft',
    statement: 'F(conv(x, w)) = F(x) conj(F(w)), the sum over the channels, F padded with zeros.',
    source: 'A. Oppenheim, R. Schafer, "Discrete-Time Signal Processing", 2010, section 8.6',
    domain: 'strides, dilations and groups of 1; every padding',
    tolerance: convolutionTolerance,
    cases: (implementation) => {
      const problems = convolutionProblems(implementation.limits, { maxStep: 1, maxGroups: 1 });
      return drawnConvolutions(implementation, problems);
    },
    holds: (implementation, drawn) => expectSame(implementation, drawn, convolutionByFft),
  }),
];

function anyConvolutions(implementation: ConvolutionImplementation) {
  return drawnConvolutions(implementation, convolutionProblems(implementation.limits));
}

function expectSame(
  implementation: ConvolutionImplementation,
  { x, filter, settings }: DrawnConvolution,
  algorithm: ConvolutionImplementation['conv2d'],
): void {
  const found: Tensor = implementation.conv2d(x, filter, settings);
  const expected = algorithm(x, filter, settings);
  expectClose(found, expected, within(implementation, largestSum(x, filter)));
}
