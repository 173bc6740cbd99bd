import { add, relu } from '@gradus/autodiff';
import { conv2d, defineLayer, type InitializerLike, type Layer } from '@gradus/layers';
import type { Shape, Tensor } from '@gradus/tensor';
import { optionsOf } from '@gradus/tensor/options';

/** Options of `residualBlock`. */
export interface ResidualBlockConfig {
  /** Height and width of both kernels. Default 3. */
  readonly kernelSize?: number;
  /** Of both kernels. Default 'glorotUniform'. */
  readonly kernelInitializer?: InitializerLike;
  /** Default 'residualBlock'. */
  readonly name?: string;
}

/**
 * relu(x + conv(relu(conv(x)))) from [height, width, channels] to the same shape. Both convolutions
 * have as many filters as there are channels and padding 'same'; their weights are `0_conv2d/kernel`,
 * `0_conv2d/bias`, and so on.
 *
 * What passes by the convolutions reaches the next block unchanged, and so does its gradient: K. He,
 * X. Zhang, S. Ren, J. Sun, "Deep residual learning for image recognition", CVPR 2016, section 3.2,
 * figure 2; without normalisation.
 * @throws ShapeError, when it is built, if the input is no image.
 * @throws OptionError, when it is built, if kernelSize is out of range.
 */
export function residualBlock(config: ResidualBlockConfig = {}): Layer {
  const {
    kernelSize = 3,
    kernelInitializer = 'glorotUniform',
    name,
  } = optionsOf('residualBlock', config);
  const convolution = (input: Shape): Layer =>
    conv2d({ filters: input.at(-1) ?? 1, kernelSize, kernelInitializer, padding: 'same' });
  return defineLayer<Tensor>({
    kind: 'residualBlock',
    name,
    config: Object.freeze({ ...config }),
    outputShape: (input) => convolution(input).outputShape(input),
    build(input, scope) {
      const first = scope.build('0_conv2d', convolution(input), input);
      const second = scope.build('1_conv2d', convolution(input), input);
      return (x, context) => relu(add(x, second(relu(first(x, context)), context)));
    },
  });
}
