import { embed } from '@gradus/autodiff';
import type { Shape, Tensor } from '@gradus/tensor';
import { borders2d, type Borders2d } from './borders2d';
import { checkImage } from '../options/checkImage';
import { frozenOptions } from '../options/frozenOptions';
import { defineLayer, type Layer } from '../core/layer';

/** Options of `zeroPadding2d`, with Keras's names and defaults. */
export interface ZeroPadding2dConfig {
  /** Widths of the borders, pixels. Default 1. */
  readonly padding?: Borders2d;
  /** Default 'zeroPadding2d'. */
  readonly name?: string;
}

/**
 * Puts zeros around images: from [height, width, channels] to [height + top + bottom, width + left +
 * right, channels].
 * @throws OptionError if padding is no such option.
 * @throws ShapeError, when it is built, if a sample is no image.
 */
export function zeroPadding2d(given: ZeroPadding2dConfig = {}): Layer {
  const config = frozenOptions('zeroPadding2d', given);
  const { padding = 1 } = config;
  const [[top, bottom], [left, right]] = borders2d('zeroPadding2d', 'padding', padding);
  const outputShape = (input: Shape): Shape => {
    checkImage('zeroPadding2d', input);
    const [height, width, channels] = input as [number, number, number];
    return [top + height + bottom, left + width + right, channels];
  };
  return defineLayer<Tensor>({
    kind: 'zeroPadding2d',
    name: config.name,
    config,
    outputShape,
    build(input) {
      const sample = outputShape(input);
      return (x) =>
        embed(x, { shape: [x.shape[0]!, ...sample], begin: [0, top, left, 0], size: x.shape });
    },
  });
}
