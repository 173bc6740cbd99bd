import { formatShape, ShapeError, type View } from '@gradus/tensor';

/** Height and width in pixels. */
export type ImageSize = readonly [height: number, width: number];

/** The sizes of an image; `[height, width]` has 1 channel. */
export interface ImageShape {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

/**
 * Reads a shape as an image.
 * @throws ShapeError naming `op` unless it is `[height, width]` or `[height, width, channels]`.
 */
export function imageShape(op: string, { shape }: View): ImageShape {
  const [height, width, channels = 1] = shape;
  if (height === undefined || width === undefined || shape.length > 3) {
    throw new ShapeError({
      op,
      expected: 'an image [height, width] or [height, width, channels]',
      received: formatShape(shape),
      hint: shape.length === 4 ? 'This looks like a batch; take one image of it.' : undefined,
    });
  }
  return { height, width, channels };
}

/**
 * Checks a size that a caller asks for.
 * @throws ShapeError naming `op` unless both are whole numbers of at least 1.
 */
export function checkImageSizeOption(op: string, size: ImageSize): void {
  if (isImageSize(size)) return;
  throw new ShapeError({
    op,
    expected: 'a size [height, width] of whole numbers, at least 1',
    received: Array.isArray(size) ? formatShape(size) : String(size),
  });
}

/** Whether a value is a height and a width, whole numbers of at least 1. */
export function isImageSize(value: unknown): boolean {
  const isEdge = (edge: unknown): boolean => Number.isSafeInteger(edge) && (edge as number) >= 1;
  return Array.isArray(value) && value.length === 2 && value.every(isEdge);
}
