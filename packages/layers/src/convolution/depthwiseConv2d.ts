import { add, depthwiseConv2d as convolve } from '@gradus/autodiff';
import { sizeOf, type Tensor } from '@gradus/tensor';
import { resolveActivation } from '../activations/activations';
import { depthwiseGeometry, depthwiseVariable, type DepthwiseOptions } from './depthwiseOptions';
import { makeBias } from '../options/kernelOptions';
import { frozenOptions } from '../options/frozenOptions';
import { defineLayer, type Layer } from '../core/layer';

/** Options of `depthwiseConv2d`, with Keras's names and defaults. */
export type DepthwiseConv2dConfig = DepthwiseOptions;

/**
 * A convolution layer that filters each channel by itself: from [height, width, channels] to [height',
 * width', channels * depthMultiplier]; channel c gives the channels c * depthMultiplier + m. Its weights
 * are `kernel`, [kernelHeight, kernelWidth, channels, depthMultiplier], and `bias`, one number for each
 * channel of the result.
 * @throws OptionError if an option is out of range.
 * @throws ShapeError or OptionError, when it is built, if the kernel does not fit the input.
 */
export function depthwiseConv2d(given: DepthwiseConv2dConfig): Layer {
  const config = frozenOptions('depthwiseConv2d', given);
  const { options, window, filterShape, outputShape } = depthwiseGeometry(
    'depthwiseConv2d',
    config,
  );
  const activate = resolveActivation(config.activation);
  return defineLayer<Tensor>({
    kind: 'depthwiseConv2d',
    name: config.name,
    config,
    window,
    outputShape,
    multiplyAdds: (input) => sizeOf(outputShape(input)) * window2d(filterShape(input)),
    build(input, scope) {
      const { depthwiseInitializer = 'glorotUniform' } = config;
      const channels = outputShape(input)[2];
      const kernel = scope.variable(
        'kernel',
        filterShape(input),
        depthwiseInitializer,
        depthwiseVariable(config),
      );
      const bias = makeBias(scope, channels, config);
      const product = (x: Tensor): Tensor => convolve(x, kernel.value, options);
      if (bias === undefined) return (x) => activate(product(x));
      return (x) => activate(add(product(x), bias.value));
    },
  });
}

/** How many pixels a filter looks at. */
function window2d([height, width]: readonly [number, number, number, number]): number {
  return height * width;
}
