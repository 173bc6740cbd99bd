import { withBackend } from '@gradus/kernels';
import {
  convolutionLaws,
  engines,
  im2colLaws,
  transposedConvolutionLaws,
  type ConvolutionImplementation,
  type Im2colImplementation,
  type TransposedConvolution,
} from '@gradus/kernels/testing';
import type { FloatDType, Tensor } from '@gradus/tensor';
import { checkLaws, configuredRuns } from '@gradus/tensor/testing';
import {
  col2im,
  conv2d,
  conv2dFilterGradient,
  conv2dInputGradient,
  conv2dTranspose,
  im2col,
} from '../../../src/index';

// The engines themselves have been through more cases. Long runs are long.
const runs = configuredRuns(5);

for (const engine of engines) {
  const on = (compute: () => Tensor): Tensor => withBackend(engine, compute);
  for (const dtype of ['float64', 'float32'] as const satisfies readonly FloatDType[]) {
    const common = { name: `the operation on ${engine.name}, ${dtype}`, dtype, views: true };

    describe(`On ${engine.name}, in ${dtype},`, () => {
      it('conv2d and its gradients obey the laws of convolution', () => {
        const convolution: ConvolutionImplementation = {
          ...common,
          conv2d: (x, filter, settings) => on(() => conv2d(x, filter, settings)),
          inputGradient: (dy, filter, settings, inputShape) =>
            on(() => conv2dInputGradient(dy, filter, { ...settings, inputShape })),
          filterGradient: (dy, x, settings, filterShape) =>
            on(() => conv2dFilterGradient(dy, x, { ...settings, filterShape })),
        };
        checkLaws(convolutionLaws, convolution, { runs });
      });

      it('conv2dTranspose obeys those of transposed convolution', () => {
        const transposed: TransposedConvolution = {
          ...common,
          conv2dTranspose: (x, filter, settings) => on(() => conv2dTranspose(x, filter, settings)),
        };
        checkLaws(transposedConvolutionLaws, transposed);
      });

      it('im2col and col2im obey theirs', () => {
        const windows: Im2colImplementation = {
          ...common,
          im2col: (x, settings) => on(() => im2col(x, settings)),
          col2im: (columns, settings, inputShape) =>
            on(() => col2im(columns, { ...settings, inputShape })),
        };
        checkLaws(im2colLaws, windows);
      });
    });
  }
}
