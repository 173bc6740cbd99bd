import fc from 'fast-check';
import type { Shape, Tensor } from '@gradus/tensor';
import { tensors, views } from '@gradus/tensor/testing';

/** Which images to draw. */
export interface ImageOptions {
  /** Longest edge in pixels; default 9. */
  readonly maxEdge?: number;
  /** How many channels an image may have; default grey or colour. */
  readonly channels?: readonly number[];
}

/** Shapes of small images, `[height, width, channels]`; they shrink towards a single grey pixel. */
export function imageShapes({
  maxEdge = 9,
  channels = [1, 3],
}: ImageOptions = {}): fc.Arbitrary<Shape> {
  const edge = fc.integer({ min: 1, max: maxEdge });
  return fc.tuple(edge, edge, fc.constantFrom(...channels));
}

/** Images as files hold them: uint8 `[height, width, channels]`, grey or colour, seldom square, stored row by row. */
export function pixelImages(options?: ImageOptions): fc.Arbitrary<Tensor<'uint8'>> {
  return imageShapes(options).chain((shape) => tensors(shape, { dtype: 'uint8' }));
}

/**
 * Images to compute with: float32, `[height, width]` or `[height, width, channels]`, in any layout,
 * with numbers from 0 to 1.
 */
export function floatImages(options?: ImageOptions): fc.Arbitrary<Tensor<'float32'>> {
  return fc
    .record({ shape: imageShapes(options), flat: fc.boolean() })
    .chain(({ shape, flat }) =>
      views(flat ? shape.slice(0, 2) : shape, { domain: { low: 0, high: 1 } }),
    );
}
