import {
  formatShape,
  ShapeError,
  sliceLayout,
  Tensor,
  type DType,
  type Random,
  type Shape,
} from '@gradus/tensor';
import { checkImageSizeOption, imageShape, type ImageSize } from './imageShape';

/**
 * The middle of an image, as a view; of an odd margin the larger half is cut off bottom and right.
 * @param image `[height, width]` or `[height, width, channels]`.
 * @throws ShapeError if the image is smaller than `size`.
 */
export function centerCrop<D extends DType>(image: Tensor<D>, size: ImageSize): Tensor<D> {
  const [down, right] = margins('centerCrop', image, size);
  return cut(image, [Math.floor(down / 2), Math.floor(right / 2)], size);
}

/**
 * A part of an image from anywhere in it, each place equally likely; a view.
 * @param image `[height, width]` or `[height, width, channels]`.
 * @throws ShapeError if the image is smaller than `size`.
 */
export function randomCrop<D extends DType>(
  image: Tensor<D>,
  size: ImageSize,
  random: Random,
): Tensor<D> {
  const [down, right] = margins('randomCrop', image, size);
  return cut(image, [random.integer(down + 1), random.integer(right + 1)], size);
}

/** The largest square in the middle of an image `[height, width]` or `[height, width, channels]`, as a view. */
export function cropToSquare<D extends DType>(image: Tensor<D>): Tensor<D> {
  const { height, width } = imageShape('cropToSquare', image);
  const edge = Math.min(height, width);
  return cut(
    image,
    [Math.floor((height - edge) / 2), Math.floor((width - edge) / 2)],
    [edge, edge],
  );
}

/** How many rows and columns are to be cut off. */
function margins(op: string, image: Tensor, size: ImageSize): [down: number, right: number] {
  const { height, width } = imageShape(op, image);
  checkImageSizeOption(op, size);
  const [down, right] = [height - size[0], width - size[1]];
  if (down >= 0 && right >= 0) return [down, right];
  throw new ShapeError({
    op,
    expected: `an image of at least ${formatShape(size)} pixels`,
    received: formatShape(image.shape),
    hint:
      down < 0
        ? `The height is ${height} and should be ${size[0]} or more.`
        : `The width is ${width} and should be ${size[1]} or more.`,
  });
}

function cut<D extends DType>(image: Tensor<D>, [top, left]: Shape, size: ImageSize): Tensor<D> {
  const channels = image.shape.slice(2);
  const layout = sliceLayout(image, {
    begin: [top!, left!, ...channels.map(() => 0)],
    size: [...size, ...channels],
    step: image.shape.map(() => 1),
  });
  return new Tensor(image.storage, layout);
}
