import type { Activation } from '../activations/activations';
import type { BiasOptions, KernelOptions } from '../options/kernelOptions';

/**
 * What the options of convolutions have in common, with Keras's names and defaults.
 * @typeParam Along a number for each spatial axis, or one for all.
 */
export interface ConvolutionOptions<Along> extends KernelOptions, BiasOptions {
  /** Number of output channels. */
  readonly filters: number;
  /** The size of the kernel along each spatial axis, or one number for all. */
  readonly kernelSize: Along;
  /** Default 1. */
  readonly strides?: Along;
  /** Default 1. */
  readonly dilationRate?: Along;
  /** Default 1. */
  readonly groups?: number;
  /** What is done to the result. Default nothing. */
  readonly activation?: Activation;
  /** Default: the layer's kind. */
  readonly name?: string;
}
