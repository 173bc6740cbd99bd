import type { Shape, Tensor } from '@gradus/tensor';
import { tensors, views, type Tolerance } from '@gradus/tensor/testing';
import fc from 'fast-check';
import type { NormalizationImplementation } from './implementation';

/** The domain of most laws, in words. */
export const ordinary =
  'Images, rows and batches of 1 and more, numbers from -4 to 4; float32 and float64.';

/**
 * In float32 means of numbers up to 4 are off by 2^-23; divided by a deviation of 1/32 (an epsilon of
 * 1e-3, and no variance), and multiplied with a gamma of 4, that is 2e-5.
 */
export const normalizationTolerance: Tolerance = { float64: 1e-12, float32: 4e-5 };

/** What a normalisation is given. */
export interface NormalizationCase {
  /** [batch, ..., channels] */
  readonly x: Tensor;
  /** [channels] */
  readonly gamma: Tensor;
  /** [channels] */
  readonly beta: Tensor;
}

/** Numbers from -4 to 4 of up to four axes, at least those of the batch and of the channels. */
export function normalizationCases(
  subject: NormalizationImplementation,
): fc.Arbitrary<NormalizationCase> {
  return imageShapes(subject).chain((shape) =>
    fc.record({
      x: numbers(subject, shape),
      gamma: numbers(subject, shape.slice(-1)),
      beta: numbers(subject, shape.slice(-1)),
    }),
  );
}

/** Likewise, and slopes of the result. */
export function slopeCases(
  subject: NormalizationImplementation,
): fc.Arbitrary<NormalizationCase & { readonly dy: Tensor }> {
  return normalizationCases(subject).chain((drawn) =>
    numbers(subject, drawn.x.shape).map((dy) => ({ ...drawn, dy })),
  );
}

/** Numbers in the implementation's element type, in any layout if it takes them. */
export function numbers(
  { dtype, views: any = false }: NormalizationImplementation,
  shape: Shape,
): fc.Arbitrary<Tensor> {
  return any ? views(shape, { dtype }) : tensors(shape, { dtype });
}

function imageShapes({ channelsMultipleOf = 1 }: NormalizationImplementation): fc.Arbitrary<Shape> {
  return fc
    .record({
      batch: fc.integer({ min: 1, max: 3 }),
      pixels: fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 2 }),
      channels: fc.integer({ min: 1, max: Math.ceil(6 / channelsMultipleOf) }),
    })
    .map(({ batch, pixels, channels }) => [batch, ...pixels, channels * channelsMultipleOf]);
}
