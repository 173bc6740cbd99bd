import type { View } from '@gradus/tensor';
import type { Epilogue } from '../../epilogue';

/** The three linear maps of a convolution; see `Backend`. Each takes two tensors and fills `out`. */
export type ConvKernel = 'conv2d' | 'conv2dInputGradient' | 'conv2dFilterGradient';

/** The operands of each kernel. */
export interface ConvOperands {
  readonly conv2d: {
    readonly x: View;
    readonly filter: View;
    readonly out: View;
    readonly epilogue?: Epilogue | undefined;
  };
  readonly conv2dInputGradient: { readonly dy: View; readonly filter: View; readonly out: View };
  readonly conv2dFilterGradient: { readonly dy: View; readonly x: View; readonly out: View };
}
