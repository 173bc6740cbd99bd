import { slice } from '@gradus/autodiff';
import { formatShape, ShapeError, type Shape, type Tensor } from '@gradus/tensor';
import { borders2d, type Borders2d } from './borders2d';
import { checkImage } from '../options/checkImage';
import { frozenOptions } from '../options/frozenOptions';
import { defineLayer, type Layer } from '../core/layer';

/** Options of `cropping2d`, with Keras's names and defaults. */
export interface Cropping2dConfig {
  /** How much is cut off on each side, pixels. Default 0. */
  readonly cropping?: Borders2d;
  /** Default 'cropping2d'. */
  readonly name?: string;
}

/**
 * Cuts off the borders of images: from [height, width, channels] to [height - top - bottom, width - left
 * - right, channels].
 * @throws OptionError if cropping is no such option.
 * @throws ShapeError, when it is built, if a sample is no image, or nothing of it would be left.
 */
export function cropping2d(given: Cropping2dConfig = {}): Layer {
  const config = frozenOptions('cropping2d', given);
  const { cropping = 0 } = config;
  const [[top, bottom], [left, right]] = borders2d('cropping2d', 'cropping', cropping);
  const outputShape = (input: Shape): Shape => {
    checkImage('cropping2d', input);
    const [height, width, channels] = input as [number, number, number];
    checkLeft(input, [top + bottom, left + right]);
    return [height - top - bottom, width - left - right, channels];
  };
  return defineLayer<Tensor>({
    kind: 'cropping2d',
    name: config.name,
    config,
    outputShape,
    build(input) {
      const sample = outputShape(input);
      return (x) => slice(x, { begin: [0, top, left, 0], size: [x.shape[0]!, ...sample] });
    },
  });
}

function checkLeft(input: Shape, cut: readonly [vertical: number, horizontal: number]): void {
  if (input[0]! > cut[0] && input[1]! > cut[1]) return;
  throw new ShapeError({
    op: 'cropping2d',
    expected: `images of at least ${cut[0] + 1}x${cut[1] + 1} pixels`,
    received: formatShape(input),
    hint: `${cut[0]} rows and ${cut[1]} columns are cut off.`,
  });
}
