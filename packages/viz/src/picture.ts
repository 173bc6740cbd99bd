import { DTypeError, formatShape, ShapeError, sizeOf, type View } from '@gradus/tensor';

/** Pixels: `[height, width, 3]` red, green, blue, or `[height, width]` grey; 0 to 255. */
export type Picture = View<'uint8'>;

/**
 * Checks that `picture` is made of pixels and has at least one.
 * @throws DTypeError if its elements are not uint8.
 * @throws ShapeError if its shape is not that of a picture.
 */
export function checkPicture(op: string, picture: View): asserts picture is Picture {
  const { shape } = picture;
  if (picture.dtype !== 'uint8') {
    throw new DTypeError({
      op,
      expected: 'a picture of uint8',
      received: picture.dtype,
      hint: 'Turn numbers into pixels with toImage(values) or heatMap(values).',
    });
  }
  const fits = shape.length === 2 || (shape.length === 3 && shape[2] === 3);
  if (fits && sizeOf(shape) > 0) return;
  throw new ShapeError({
    op,
    expected: 'a picture [height, width, 3] or [height, width] of at least one pixel',
    received: formatShape(shape),
    hint: shape.at(-1) === 1 ? 'Leave out the last axis, which is 1.' : undefined,
  });
}
