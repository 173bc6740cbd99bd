import type { Shape } from '@gradus/tensor';
import fc from 'fast-check';
import { poolGeometry, type Padding, type PoolGeometry, type PoolOptions } from '../../src/index';

/** The shape and options of a legal pooling. */
export interface Pooling {
  /** `[batch, height, width, channels]` */
  readonly x: Shape;
  readonly options: Required<PoolOptions>;
}

/** How the padding of a pooling is given: a word, a number for all sides, or a pair for each axis. */
export type PaddingKind = 'valid' | 'same' | 'number' | 'pairs';

/** Which poolings to draw. */
export interface PoolingOptions {
  /** Smallest batch; default 1. With 0, poolings of no images are drawn too. */
  readonly minBatch?: number;
  /** Largest height and width of a window; default 4. */
  readonly maxPool?: number;
  /** Largest distance between neighbouring windows; default one more than `maxPool`. */
  readonly maxStride?: number;
  /** Ways to give the padding; default all. */
  readonly paddings?: readonly PaddingKind[];
  /** Smallest number of channels; default 1. */
  readonly minChannels?: 0 | 1;
  /** Largest number of channels; default 9. */
  readonly maxChannels?: number;
}

/**
 * Legal poolings of every kind: oblong images and windows, single pixels, windows side by side,
 * overlapping or apart, cut by the border on all sides, every way to give the padding. They are legal
 * by construction: the window comes first, and the image is made large enough for it. They shrink
 * towards one pixel, a 1x1 window and one channel.
 */
export function poolings({
  minBatch = 1,
  maxPool = 4,
  maxStride = maxPool + 1,
  paddings = ['valid', 'same', 'number', 'pairs'],
  minChannels = 1,
  maxChannels = 9,
}: PoolingOptions = {}): fc.Arbitrary<Pooling> {
  return fc
    .record({
      batch: fc.integer({ min: minBatch, max: 3 }),
      vertical: axes(maxPool, maxStride),
      horizontal: axes(maxPool, maxStride),
      padding: fc.constantFrom(...paddings),
      channels: fc.integer({ min: minChannels, max: maxChannels }),
      // Windows side by side are what networks use, and engines have paths of their own for them.
      tiled: fc.boolean(),
    })
    .map(({ batch, vertical, horizontal, padding, channels, tiled }) => ({
      x: [
        batch,
        imageSize(vertical, padding, vertical, horizontal),
        imageSize(horizontal, padding, vertical, horizontal),
        channels,
      ],
      options: {
        poolSize: [vertical.pool, horizontal.pool],
        strides: [vertical, horizontal].map(({ pool, stride }) =>
          tiled ? Math.min(pool, maxStride) : stride,
        ) as [number, number],
        padding: paddingOption(padding, vertical, horizontal),
      },
    }));
}

/** The geometry of a drawn pooling. */
export function poolGeometryOf({ x, options }: Pooling): PoolGeometry {
  return poolGeometry('pool', x, options);
}

interface Axis {
  readonly pool: number;
  readonly stride: number;
  /** Less than `pool`. */
  readonly before: number;
  readonly after: number;
  /** Pixels beyond the fewest that the window needs. */
  readonly extra: number;
}

function axes(maxPool: number, maxStride: number): fc.Arbitrary<Axis> {
  return fc.integer({ min: 1, max: maxPool }).chain((pool) =>
    fc.record({
      pool: fc.constant(pool),
      stride: fc.integer({ min: 1, max: maxStride }),
      before: fc.nat({ max: pool - 1 }),
      after: fc.nat({ max: pool - 1 }),
      extra: fc.oneof(fc.constant(0), fc.nat({ max: 5 })),
    }),
  );
}

function imageSize(axis: Axis, padding: PaddingKind, vertical: Axis, horizontal: Axis): number {
  if (padding === 'same') return 1 + axis.extra;
  const padded = {
    valid: 0,
    number: 2 * commonPadding(vertical, horizontal),
    pairs: axis.before + axis.after,
  };
  return Math.max(1, axis.pool - padded[padding]) + axis.extra;
}

/** A single number pads all four sides, by less than the window on both axes. */
function commonPadding(vertical: Axis, horizontal: Axis): number {
  return Math.min(vertical.before, horizontal.before);
}

function paddingOption(padding: PaddingKind, vertical: Axis, horizontal: Axis): Padding {
  if (padding === 'valid' || padding === 'same') return padding;
  if (padding === 'number') return commonPadding(vertical, horizontal);
  return [
    [vertical.before, vertical.after],
    [horizontal.before, horizontal.after],
  ];
}
