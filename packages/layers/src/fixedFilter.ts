import {
  broadcastTo,
  cast,
  conv2d as convolve,
  reshape,
  type Padding,
  type PerAxis,
} from '@gradus/autodiff';
import { formatShape, ShapeError, type Shape, type Tensor } from '@gradus/tensor';
import { defineLayer, type Layer } from './layer';

/** Options of `fixedFilter`. */
export interface FixedFilterConfig {
  /** The kernel [height, width], for example `filters.sobelX()`. */
  readonly kernel: Tensor;
  /** Default 1. */
  readonly strides?: PerAxis;
  /** Default 'valid'. */
  readonly padding?: Padding;
  /** Default 1. */
  readonly dilationRate?: PerAxis;
  /** Whether the filtered channels are summed to one. Default false. */
  readonly mixChannels?: boolean;
  /** Default 'fixedFilter'. */
  readonly name?: string;
}

/**
 * A convolution with a kernel that is given and stays: it has no weights. It filters each channel
 * apart from the others, from [height, width, channels] to [height', width', channels], or to
 * [height', width', 1] with `mixChannels`.
 * @throws ShapeError if the kernel is not [height, width].
 * @throws ShapeError or OptionError, when it is built, if the kernel does not fit the input.
 */
export function fixedFilter(config: FixedFilterConfig): Layer {
  const { kernel, mixChannels = false, name } = config;
  checkKernel(kernel.shape);
  const geometryFor = (channels: number) => ({
    filterShape: [...kernel.shape, ...(mixChannels ? [channels, 1] : [1, channels])],
    options: {
      strides: config.strides ?? 1,
      padding: config.padding ?? 'valid',
      dilations: config.dilationRate ?? 1,
      groups: mixChannels ? 1 : channels,
    },
  });
  return defineLayer<Tensor>({
    kind: 'fixedFilter',
    name,
    config: Object.freeze({ ...config, kernel: kernel.toArray() }),
    outputShape(input) {
      checkInput(input);
      const { filterShape, options } = geometryFor(input[2]!);
      const shapes = { x: [1, ...input], filter: filterShape };
      return convolve.definition.shape(shapes, options).slice(1);
    },
    build: () => (x) => {
      const { filterShape, options } = geometryFor(x.shape.at(-1)!);
      const single = reshape(cast(kernel, x.dtype), [...kernel.shape, 1, 1]);
      return convolve(x, broadcastTo(single, filterShape), options);
    },
  });
}

function checkKernel(shape: Shape): void {
  if (shape.length === 2) return;
  throw new ShapeError({
    op: 'fixedFilter',
    expected: 'a kernel [height, width]',
    received: formatShape(shape),
  });
}

function checkInput(input: Shape): void {
  if (input.length === 3 && input[2]! > 0) return;
  throw new ShapeError({
    op: 'fixedFilter',
    expected: 'samples [height, width, channels] of at least one channel',
    received: formatShape(input),
  });
}
