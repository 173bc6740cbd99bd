import { alongAxes, resize, type AlongAxes } from '@gradus/autodiff';
import { formatShape, ShapeError, type Shape, type Tensor } from '@gradus/tensor';
import { checkChoice } from '@gradus/tensor/options';
import { checkImage } from '../options/checkImage';
import { frozenOptions } from '../options/frozenOptions';
import { defineLayer, type Layer } from '../core/layer';

const interpolations = ['nearest', 'bilinear'] as const;

/** Options of `upSampling2d`, with Keras's names and defaults. */
export interface UpSampling2dConfig {
  /** How many times as high and wide, or one number for both. Default 2. */
  readonly size?: AlongAxes;
  /** The pixel that is nearest, or a mean of the four around. Default 'nearest'. */
  readonly interpolation?: (typeof interpolations)[number];
  /** Default 'upSampling2d'. */
  readonly name?: string;
}

/**
 * Images enlarged: from [height, width, channels] to [vertical * height, horizontal * width, channels];
 * see `resize`.
 * @throws OptionError if size or interpolation is out of range.
 * @throws ShapeError, when it is built, if a sample is no image of at least one pixel.
 */
export function upSampling2d(given: UpSampling2dConfig = {}): Layer {
  const config = frozenOptions('upSampling2d', given);
  const { size = 2, interpolation = 'nearest' } = config;
  const [vertical, horizontal] = alongAxes('upSampling2d', 'size', size, 2) as [number, number];
  checkChoice('upSampling2d', { interpolation }, interpolations);
  const outputShape = (input: Shape): Shape => {
    checkImage('upSampling2d', input);
    checkPixels(input);
    const [height, width, channels] = input as [number, number, number];
    return [vertical * height, horizontal * width, channels];
  };
  return defineLayer<Tensor>({
    kind: 'upSampling2d',
    name: config.name,
    config,
    outputShape,
    build(input) {
      const [height, width] = outputShape(input) as [number, number];
      return (x) => resize(x, { size: [height, width], interpolation });
    },
  });
}

function checkPixels(input: Shape): void {
  if (input[0]! > 0 && input[1]! > 0) return;
  throw new ShapeError({
    op: 'upSampling2d',
    expected: 'images of at least 1x1 pixels',
    received: formatShape(input),
  });
}
