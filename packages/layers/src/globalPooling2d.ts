import { maxPool2d, mean, reshape } from '@gradus/autodiff';
import { formatShape, ShapeError, type Shape, type Tensor } from '@gradus/tensor';
import { checkImage } from './checkImage';
import { defineLayer, type Layer } from './layer';

/** Options of `globalMaxPooling2d` and `globalAveragePooling2d`, with Keras's names and defaults. */
export interface GlobalPooling2dConfig {
  /** Whether the result is [1, 1, channels] rather than [channels]. Default false. */
  readonly keepDims?: boolean;
  /** Default: the layer's kind. */
  readonly name?: string;
}

/**
 * The largest number of each channel, from [height, width, channels] to [channels].
 * @throws ShapeError, when it is built, if the input is no image of at least one pixel.
 */
export function globalMaxPooling2d(config: GlobalPooling2dConfig = {}): Layer {
  return globalPooling('globalMaxPooling2d', config, (x) => {
    const [, height, width] = x.shape as [number, number, number, number];
    return maxPool2d(x, { poolSize: [height, width] });
  });
}

/**
 * The mean of each channel, from [height, width, channels] to [channels].
 * @throws ShapeError, when it is built, if the input is no image of at least one pixel.
 */
export function globalAveragePooling2d(config: GlobalPooling2dConfig = {}): Layer {
  return globalPooling('globalAveragePooling2d', config, (x) =>
    mean(x, { axis: [1, 2], keepDims: true }),
  );
}

/** @param pool from [batch, height, width, channels] to [batch, 1, 1, channels]. */
function globalPooling(
  kind: string,
  config: GlobalPooling2dConfig,
  pool: (x: Tensor) => Tensor,
): Layer {
  const { keepDims = false, name } = config;
  const outputShape = (input: Shape): Shape => {
    checkImage(kind, input);
    checkPixels(kind, input);
    return keepDims ? [1, 1, input[2]!] : [input[2]!];
  };
  return defineLayer<Tensor>({
    kind,
    name,
    config: Object.freeze({ ...config }),
    outputShape,
    build(input) {
      outputShape(input);
      return (x) => reshape(pool(x), [x.shape[0]!, ...outputShape(x.shape.slice(1))]);
    },
  });
}

function checkPixels(op: string, input: Shape): void {
  if (input[0]! > 0 && input[1]! > 0) return;
  throw new ShapeError({
    op,
    expected: 'images of at least 1x1 pixels',
    received: formatShape(input),
  });
}
