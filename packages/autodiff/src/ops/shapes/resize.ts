import {
  DTypeError,
  formatShape,
  isFloat,
  OptionError,
  ShapeError,
  tensor,
  type Shape,
  type Tensor,
} from '@gradus/tensor';
import { inWords } from '@gradus/tensor/options';
import { composeOp } from '../../composeOp';
import { add, mul, sub } from '../elementwise/arithmetic';
import { callOptions } from '../checks/callOptions';
import { cast } from '../elementwise/conversion';
import { gather } from './gather';
import { roomFor } from '../checks/roomFor';

/** How large images become, and what stands between their pixels: one of `size` and `scale` is given. */
export interface ResizeOptions {
  /** Height and width in pixels, or one number for both. */
  readonly size?: number | readonly [height: number, width: number];
  /** How many times as large, vertically and horizontally, or one number for both; cut to whole pixels. */
  readonly scale?: number | readonly [vertical: number, horizontal: number];
  /** The pixel that is nearest, or a mean of the four around, weighted by nearness. Default 'bilinear'. */
  readonly interpolation?: 'nearest' | 'bilinear';
}

/**
 * Images x [batch, height, width, channels] in another size. A pixel is a square, and its number stands
 * in its centre: pixel i of `size` lies at (i + 1/2) height / size - 1/2 in x. What lies beyond the
 * outermost centres takes their numbers. Smaller images are not smoothed before. So do Keras 3
 * (keras.ops.image.resize without antialias) and TensorFlow 2 (tf.image.resize, half-pixel centres).
 * @throws ShapeError unless x is a batch of images of at least one pixel.
 * @throws OptionError unless one of size and scale is given and makes at least one pixel, or if there is
 * no such interpolation.
 * @throws DTypeError if whole numbers are to be averaged; 'nearest' takes them.
 */
export const resize = composeOp({
  name: 'resize',
  inputs: ['x'],
  dtype: 'same',
  compute({ x }, options: ResizeOptions) {
    const { interpolation = 'bilinear', ...wanted } = callOptions('resize', options);
    requireImages(x.shape);
    requireInterpolation(interpolation, x);
    const [height, width] = sizeWanted(x.shape, wanted);
    roomFor('resize', [x.shape[0]!, height, width, x.shape[3]!]);
    const along = interpolation === 'nearest' ? nearestAlong : bilinearAlong;
    return along(along(x, 1, height), 2, width);
  },
  samples: [
    { inputs: { x: 'bhwc' }, attributes: { size: [4, 5] } },
    { inputs: { x: 'bhwc' }, attributes: { scale: 0.5 }, sizes: { h: [2, 5], w: 4 } },
    { inputs: { x: '2hw1' }, attributes: { scale: [2, 3], interpolation: 'nearest' } },
    {
      inputs: { x: 'bhwc' },
      attributes: { size: 3, interpolation: 'nearest' },
      sizes: { h: 5, w: [1, 4] },
    },
  ],
});

function nearestAlong(x: Tensor, axis: number, size: number): Tensor {
  const from = x.shape[axis]!;
  if (from === size) return x;
  // Whole numbers are divided once, so that no rounding decides between two pixels.
  const indices = Array.from({ length: size }, (_, i) =>
    Math.floor(((2 * i + 1) * from) / (2 * size)),
  );
  return gather(x, indices, { axis });
}

function bilinearAlong(x: Tensor, axis: number, size: number): Tensor {
  const from = x.shape[axis]!;
  if (from === size) return x;
  const places = Array.from({ length: size }, (_, i) => ((i + 0.5) * from) / size - 0.5);
  const entries = (shift: number): Tensor => {
    const within = (at: number): number => Math.min(Math.max(Math.floor(at) + shift, 0), from - 1);
    return gather(x, places.map(within), { axis });
  };
  const [before, after] = [entries(0), entries(1)];
  const fractions = Float64Array.from(places, (at) => at - Math.floor(at));
  const weights = cast(tensor(fractions, [size, ...x.shape.slice(axis + 1).map(() => 1)]), x.dtype);
  return add(before, mul(sub(after, before), weights));
}

function requireImages(x: Shape): void {
  if (x.length === 4 && x[1]! > 0 && x[2]! > 0) return;
  throw new ShapeError({
    op: 'resize',
    expected: 'x [batch, height, width, channels] with at least one pixel',
    received: formatShape(x),
  });
}

function requireInterpolation(interpolation: unknown, { dtype }: Tensor): void {
  if (interpolation !== 'nearest' && interpolation !== 'bilinear') {
    throw new OptionError({
      op: 'resize',
      expected: "the interpolation 'nearest' or 'bilinear'",
      received: inWords(interpolation),
    });
  }
  if (interpolation === 'nearest' || isFloat(dtype)) return;
  throw new DTypeError({
    op: 'resize',
    expected: "float32 or float64, or the interpolation 'nearest'",
    received: `x ${dtype}`,
    hint: "Convert it: cast(x, 'float32').",
  });
}

function sizeWanted(
  x: Shape,
  { size, scale }: Pick<ResizeOptions, 'size' | 'scale'>,
): readonly [height: number, width: number] {
  const given = size ?? scale;
  if (given === undefined || given === null || (size !== undefined && scale !== undefined)) {
    throw new OptionError({
      op: 'resize',
      expected: 'one of size and scale',
      received: `size ${inWords(size)} and scale ${inWords(scale)}`,
    });
  }
  const both: readonly unknown[] = Array.isArray(given) ? given : [given, given];
  const pixels = both.map((value, i) => {
    if (typeof value !== 'number') return NaN;
    return size === undefined ? Math.floor(value * x[i + 1]!) : value;
  });
  if (both.length === 2 && pixels.every((n) => Number.isSafeInteger(n) && n >= 1)) {
    return pixels as [number, number];
  }
  throw new OptionError({
    op: 'resize',
    expected:
      size === undefined
        ? `a scale, or two, that make at least one pixel of ${formatShape(x.slice(1, 3))}`
        : 'a size of one or two whole numbers of at least 1',
    received: inWords(given),
  });
}
