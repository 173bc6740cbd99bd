import { slice } from '@gradus/autodiff';
import { formatShape, ShapeError, type Shape, type Tensor } from '@gradus/tensor';
import { checkWhole } from '@gradus/tensor/options';
import { checkImage } from '../options/checkImage';
import { frozenOptions } from '../options/frozenOptions';
import { defineLayer, type Layer } from '../core/layer';
import { checkSeed, seededStream } from '../noise/seededStream';
import { translation } from './affineMap';
import { forEachPicture, type AugmentationConfig } from './augmentation';
import { resampleAffine } from './resampleAffine';

/** Options of `randomCrop`, with Keras's names. */
export interface RandomCropConfig extends AugmentationConfig {
  /** Height of the part, pixels. */
  readonly height: number;
  /** Its width, pixels. */
  readonly width: number;
}

/**
 * Cuts a part out of each picture [height, width, channels]: in training anywhere, each place equally
 * likely and drawn for each picture; otherwise in the middle, nearer to top and left if that is between
 * pixels.
 * @throws OptionError if a size is no whole number of at least 1.
 * @throws ShapeError, when it is built, if the pictures are smaller than the part.
 */
export function randomCrop(given: RandomCropConfig): Layer {
  const config = frozenOptions('randomCrop', given);
  const { height, width, seed } = config;
  checkWhole('randomCrop', { height, width });
  checkSeed('randomCrop', seed);
  const room = (input: Shape): [vertical: number, horizontal: number] => {
    checkInput(input, height, width);
    return [input[0]! - height, input[1]! - width];
  };
  return defineLayer<Tensor>({
    kind: 'randomCrop',
    name: config.name,
    config,
    outputShape(input) {
      room(input);
      return [height, width, input[2]!];
    },
    build(input) {
      const [vertical, horizontal] = room(input);
      return (x, { training, random }) => {
        if (!training) {
          const begin = [0, Math.floor(vertical / 2), Math.floor(horizontal / 2), 0];
          return slice(x, { begin, size: [x.shape[0]!, height, width, x.shape[3]!] });
        }
        const stream = seededStream(random, seed);
        const maps = forEachPicture(x, () => {
          const top = stream.integer(vertical + 1);
          return translation([-top, -stream.integer(horizontal + 1)]);
        });
        const size = [height, width] as const;
        return resampleAffine(x, { maps, size, fillMode: 'nearest', interpolation: 'nearest' });
      };
    },
  });
}

function checkInput(input: Shape, height: number, width: number): void {
  checkImage('randomCrop', input);
  if (input[0]! >= height && input[1]! >= width) return;
  throw new ShapeError({
    op: 'randomCrop',
    expected: `images of at least ${height}x${width} pixels`,
    received: formatShape(input),
  });
}
