import type { Tensor } from '@gradus/tensor';
import { defineLaw, expectClose, type Law } from '@gradus/tensor/testing';
import type fc from 'fast-check';
import { innerProduct } from '../innerProduct';
import { resultShape } from './definition';
import type { ConvolutionImplementation } from './implementation';
import {
  convolutionProblems,
  drawnConvolutions,
  numbersFor,
  type DrawnConvolution,
} from './problems';
import { convolutionTolerance, largestSum, sumOfMagnitudes, within } from './rounding';

/**
 * A convolution, its input gradient and its filter gradient are three faces of one trilinear form
 * t(x, w, y) = <conv(x, w), y>: fix two of the three, and the form is an inner product with the third.
 */
export const adjointLaws: readonly Law<ConvolutionImplementation>[] = [
  defineLaw({
    name: 'convolution/input-gradient-is-adjoint',
    statement: '<conv(x, w), y> = <x, inputGradient(y, w)>.',
    source: 'V. Dumoulin, F. Visin, arXiv:1603.07285, section 4.1: the transpose of a matrix',
    domain: 'everywhere: all strides, dilations, paddings and groups, and the border',
    tolerance: convolutionTolerance,
    excuse: ({ inputGradient }) =>
      inputGradient === undefined ? 'it gives no input gradient' : undefined,
    cases: withY,
    holds(implementation, { x, filter, settings, y }) {
      const form = innerProduct(implementation.conv2d(x, filter, settings), y);
      const dx = implementation.inputGradient!(y, filter, settings, x.shape);
      const agreement = within(implementation, largestSum(x, filter) * sumOfMagnitudes(y));
      expectClose(innerProduct(x, dx), form, agreement);
    },
  }),
  defineLaw({
    name: 'convolution/filter-gradient-is-adjoint',
    statement: '<conv(x, w), y> = <w, filterGradient(y, x)>.',
    source: 'I. Goodfellow, Y. Bengio, A. Courville, "Deep Learning", 2016, equation 9.11',
    domain: 'everywhere: all strides, dilations, paddings and groups, and the border',
    tolerance: convolutionTolerance,
    excuse: ({ filterGradient }) =>
      filterGradient === undefined ? 'it gives no filter gradient' : undefined,
    cases: withY,
    holds(implementation, { x, filter, settings, y }) {
      const form = innerProduct(implementation.conv2d(x, filter, settings), y);
      const dw = implementation.filterGradient!(y, x, settings, filter.shape);
      const agreement = within(implementation, largestSum(x, filter) * sumOfMagnitudes(y));
      expectClose(innerProduct(filter, dw), form, agreement);
    },
  }),
];

/** Convolutions, and something shaped like their result. */
function withY(
  implementation: ConvolutionImplementation,
): fc.Arbitrary<DrawnConvolution & { readonly y: Tensor }> {
  const problems = convolutionProblems(implementation.limits);
  return drawnConvolutions(implementation, problems).chain((drawn) =>
    numbersFor(implementation, resultShape(drawn.x.shape, drawn.filter.shape, drawn.settings)).map(
      (y) => ({ ...drawn, y }),
    ),
  );
}
