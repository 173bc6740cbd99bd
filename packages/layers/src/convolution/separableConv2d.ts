import {
  conv2d as convolve,
  conv2dBias,
  conv2dBiasMaxPool,
  depthwiseConv2d,
} from '@gradus/autodiff';
import type { Tensor } from '@gradus/tensor';
import { checkWhole } from '@gradus/tensor/options';
import { resolveActivation } from '../activations/activations';
import { frozenOptions } from '../options/frozenOptions';
import type { ConstraintLike } from '../constraints';
import { depthwiseGeometry, depthwiseVariable, type DepthwiseOptions } from './depthwiseOptions';
import { linearCall } from '../composite/fusion';
import type { InitializerLike } from '../initializers';
import { makeBias } from '../options/kernelOptions';
import { defineLayer, type Layer } from '../core/layer';
import type { RegularizerLike } from '../regularizers';

/** Options of `separableConv2d`, with Keras's names and defaults. */
export interface SeparableConv2dConfig extends DepthwiseOptions {
  /** Number of output channels. */
  readonly filters: number;
  /** What the first values of the mixing weights are. Default 'glorotUniform'. */
  readonly pointwiseInitializer?: InitializerLike;
  /** What the mixing weights add to the loss. Default nothing. */
  readonly pointwiseRegularizer?: RegularizerLike;
  /** What is done to the mixing weights after each step of training. Default nothing. */
  readonly pointwiseConstraint?: ConstraintLike;
}

/**
 * A convolution layer in two steps: each channel is filtered by itself, and then the channels of each
 * pixel are mixed: from [height, width, channels] to [height', width', filters]. L. Sifre, "Rigid-motion
 * scattering for image classification", 2014, chapter 6. Its weights are `depthwiseKernel`,
 * [kernelHeight, kernelWidth, channels, depthMultiplier], `pointwiseKernel`, [1, 1, channels *
 * depthMultiplier, filters], and `bias`, [filters].
 * @throws OptionError if an option is out of range.
 * @throws ShapeError or OptionError, when it is built, if the kernel does not fit the input.
 */
export function separableConv2d(given: SeparableConv2dConfig): Layer {
  const config = frozenOptions('separableConv2d', given);
  const { filters, activation } = config;
  checkWhole('separableConv2d', { filters });
  const geometry = depthwiseGeometry('separableConv2d', config);
  resolveActivation(activation);
  return defineLayer<Tensor>({
    kind: 'separableConv2d',
    name: config.name,
    config,
    window: geometry.window,
    outputShape: (input) => [...geometry.outputShape(input).slice(0, 2), filters],
    multiplyAdds(input) {
      const [rows, columns, channels] = geometry.outputShape(input);
      const [height, width] = geometry.filterShape(input);
      return rows * columns * channels * (height * width + filters);
    },
    build(input, scope) {
      const { depthwiseInitializer = 'glorotUniform', pointwiseInitializer = 'glorotUniform' } =
        config;
      const between = geometry.outputShape(input)[2];
      const depthwise = scope.variable(
        'depthwiseKernel',
        geometry.filterShape(input),
        depthwiseInitializer,
        depthwiseVariable(config),
      );
      const pointwise = scope.variable(
        'pointwiseKernel',
        [1, 1, between, filters],
        pointwiseInitializer,
        {
          trainable: config.trainable ?? true,
          regularizer: config.pointwiseRegularizer,
          constraint: config.pointwiseConstraint,
        },
      );
      const filtered = (x: Tensor): Tensor => depthwiseConv2d(x, depthwise.value, geometry.options);
      return linearCall(
        {
          kernel: pointwise,
          bias: makeBias(scope, filters, config),
          product: (x, kernel) => convolve(filtered(x), kernel),
          withBias: (x, { kernel, bias }, options) =>
            conv2dBias(filtered(x), kernel, bias, options),
          pooled: (x, { kernel, bias }, options) =>
            conv2dBiasMaxPool(filtered(x), kernel, bias, options),
        },
        activation,
      );
    },
  });
}
