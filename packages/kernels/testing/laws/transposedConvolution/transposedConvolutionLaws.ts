import type { Tensor } from '@gradus/tensor';
import { defineLaw, expectClose } from '@gradus/tensor/testing';
import fc from 'fast-check';
import { convolutionByDefinition, resultShape } from '../convolution/definition';
import { convolutionProblems, numbersFor, paddingsWithin } from '../convolution/problems';
import { convolutionTolerance, largestSum, sumOfMagnitudes, within } from '../convolution/rounding';
import { givingTensors } from '../givingTensors';
import { innerProduct } from '../innerProduct';
import {
  transposedShape,
  type TransposedConvolution,
  type TransposedSettings,
} from './implementation';

const paddings = ['valid', 'same'] as const;

/** What every right transposed convolution obeys. */
export const transposedConvolutionLaws = givingTensors<TransposedConvolution>(
  { conv2dTranspose: 'tensor' },
  [
    defineLaw({
      name: 'transposed-convolution/is-adjoint',
      statement: '<transposed(x, w), y> = <x, conv(y, w)>.',
      source: 'V. Dumoulin, F. Visin, arXiv:1603.07285, section 4.1: the transpose of a matrix',
      domain: "all strides, dilations and groups; 'valid' and 'same', and the border",
      tolerance: convolutionTolerance,
      excuse: ({ limits }) =>
        paddingsWithin({ paddings }, limits).length > 0
          ? undefined
          : 'it has no padding that is valid or same',
      cases: transposedCases,
      holds(implementation, { x, filter, settings, y }) {
        const result = implementation.conv2dTranspose(x, filter, settings);
        const expected = innerProduct(x, convolutionByDefinition(y, filter, settings));
        const scale = largestSum(y, filter) * sumOfMagnitudes(x);
        expectClose(innerProduct(y, result), expected, within(implementation, scale));
      },
    }),
  ],
);

interface TransposedCase {
  readonly x: Tensor;
  readonly filter: Tensor;
  readonly settings: TransposedSettings;
  /** Shaped like the result. */
  readonly y: Tensor;
}

function transposedCases(implementation: TransposedConvolution): fc.Arbitrary<TransposedCase> {
  const problems = convolutionProblems(implementation.limits, { paddings });
  return problems.chain(({ x: image, filter, settings: drawn }) => {
    const padding = drawn.padding === 'same' ? ('same' as const) : ('valid' as const);
    const settings: TransposedSettings = { ...drawn, padding };
    const x = resultShape(image, filter, settings);
    return fc.record({
      x: numbersFor(implementation, x),
      filter: numbersFor(implementation, filter),
      settings: fc.constant(settings),
      y: numbersFor(implementation, transposedShape(x, filter, settings)),
    });
  });
}
