import type { Shape } from '@gradus/tensor';
import { shapes } from '@gradus/tensor/testing';
import fc from 'fast-check';

const edges = fc.integer({ min: 1, max: 4 });

/** Numbers of channels. */
export const channels = fc.integer({ min: 1, max: 3 });

/** Samples of images, [height, width, channels]. */
export const images: fc.Arbitrary<Shape> = fc.tuple(edges, edges, channels);

/** Samples of any shape of at least one axis. */
export const samples: fc.Arbitrary<Shape> = shapes({ minRank: 1, maxRank: 3, maxSize: 3 });

/** An axis of samples of a shape, counted from 1 or from the end. */
export function axisOf(shape: Shape): fc.Arbitrary<number> {
  return fc
    .record({ axis: fc.nat({ max: shape.length - 1 }), backwards: fc.boolean() })
    .map(({ axis, backwards }) => (backwards ? axis - shape.length : axis + 1));
}

/** Some axes of samples of a shape, counted from 1. */
export function axesOf(shape: Shape, least = 1): fc.Arbitrary<number[]> {
  return fc.subarray(
    shape.map((_, i) => i + 1),
    { minLength: least },
  );
}

/** Multiples of 1/64 from one number to another. */
export function sixtyFourths(low: number, high: number): fc.Arbitrary<number> {
  return fc.integer({ min: Math.round(low * 64), max: Math.round(high * 64) }).map((n) => n / 64);
}
