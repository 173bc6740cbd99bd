import { defineOp } from '@gradus/autodiff';
import {
  checkShape,
  formatShape,
  OptionError,
  sameShape,
  ShapeError,
  sizeOf,
  type Shape,
  type Tensor,
} from '@gradus/tensor';
import type { AffineMap, PictureSize } from './affineMap';
import type { FillMode } from './fillMode';
import { tapFinder, type Interpolation, type Taps } from './taps';

/*
 * Each pixel of the result is a weighted sum of pixels of the picture: y = R x, with a matrix R of few
 * entries that does not depend on x. The gradient is R^T dy, which puts each number back where it was
 * taken from. Both are linear, and each is the gradient of the other.
 */

/** How pictures are resampled. */
export interface Resampling {
  /** One map for each picture of the batch, from pixels of the result to those of x. */
  readonly maps: readonly AffineMap[];
  /** Height and width of the result. */
  readonly size: PictureSize;
  /** What there is beyond the border. */
  readonly fillMode: FillMode;
  /** What there is between pixels. */
  readonly interpolation: Interpolation;
}

/** What `resampleAffineInputGradient` needs besides dy. */
export interface ResamplingGradient extends Resampling {
  /** The shape of x. */
  readonly inputShape: Shape;
}

/** Pictures x [batch, height, width, channels] under affine maps, as [batch, ...size, channels]. */
export const resampleAffine = defineOp({
  name: 'resampleAffine',
  inputs: ['x'],
  shape: ({ x }, options: Resampling) => resampledShape('resampleAffine', x, options),
  compute: (_, { x }, options, out) => {
    const from = x.toTypedArray();
    const to = cleared(out);
    eachPicture(x.shape, options, (taps, inX, inY) => {
      gather(from.subarray(...inX), to.subarray(...inY), taps);
    });
  },
  gradient: (dy, { inputs: { x }, attributes }) => ({
    x: (): Tensor => resampleAffineInputGradient(dy, { ...attributes, inputShape: x.shape }),
  }),
  get samples() {
    return samples.map(({ x, attributes }) => ({ inputs: { x }, attributes }));
  },
});

/** The gradient of a loss with respect to the x of `resampleAffine`, from dy. */
export const resampleAffineInputGradient = defineOp({
  name: 'resampleAffineInputGradient',
  inputs: ['dy'],
  shape: ({ dy }, { inputShape, ...options }: ResamplingGradient) => {
    const op = 'resampleAffineInputGradient';
    const expected = resampledShape(op, inputShape, options);
    if (sameShape(dy, expected)) return inputShape;
    throw new ShapeError({
      op,
      expected: `dy ${formatShape(expected)}, the shape of what was resampled`,
      received: formatShape(dy),
    });
  },
  compute: (_, { dy }, { inputShape, ...options }, out) => {
    const from = dy.toTypedArray();
    const to = cleared(out);
    eachPicture(inputShape, options, (taps, inX, inY) => {
      scatter(from.subarray(...inY), to.subarray(...inX), taps);
    });
  },
  gradient: (ddx, { attributes: { inputShape: _, ...options } }) => ({
    dy: (): Tensor => resampleAffine(ddx, options),
  }),
  get samples() {
    return samples.map(({ y, inputShape, attributes }) => ({
      inputs: { dy: y },
      attributes: { ...attributes, inputShape },
    }));
  },
});

/** The elements of a row-major tensor, from the first on, all of them 0. */
function cleared(out: Tensor): Tensor['data'] {
  return out.data.subarray(out.offset, out.offset + out.size).fill(0);
}

/** Does something for each picture with its taps and with where its numbers stand, in x and in y. */
function eachPicture(
  [, height, width, channels]: Shape,
  { size: to, maps, fillMode, interpolation }: Resampling,
  visit: (taps: Taps, inX: Part, inY: Part) => void,
): void {
  const from = [height!, width!] as const;
  const find = tapFinder({ from, to, fillMode, interpolation });
  const [xSize, ySize] = [sizeOf(from) * channels!, sizeOf(to) * channels!];
  maps.forEach((map, n) => {
    visit(find(map), [n * xSize, (n + 1) * xSize], [n * ySize, (n + 1) * ySize]);
  });
}

/** Where a picture stands in a row-major batch. */
type Part = readonly [begin: number, end: number];

type Numbers = Tensor['data'];

/** y = R x for one picture. */
function gather(x: Numbers, y: Numbers, { count, pixels, weights }: Taps): void {
  const channels = (y.length * count) / pixels.length;
  for (let tap = 0, target = 0; tap < pixels.length; target += channels) {
    for (const next = tap + count; tap < next; tap++) {
      const weight = weights[tap]!;
      // What counts nothing may be infinite.
      if (weight === 0) continue;
      const source = pixels[tap]! * channels;
      for (let c = 0; c < channels; c++) y[target + c]! += weight * x[source + c]!;
    }
  }
}

/** x = R^T y for one picture. */
function scatter(y: Numbers, x: Numbers, { count, pixels, weights }: Taps): void {
  const channels = (y.length * count) / pixels.length;
  for (let tap = 0, source = 0; tap < pixels.length; source += channels) {
    for (const next = tap + count; tap < next; tap++) {
      const weight = weights[tap]!;
      if (weight === 0) continue;
      const target = pixels[tap]! * channels;
      for (let c = 0; c < channels; c++) x[target + c]! += weight * y[source + c]!;
    }
  }
}

function resampledShape(op: string, x: Shape, { maps, size }: Resampling): Shape {
  checkShape(op, size);
  const [batch, height, width, channels] = x;
  const isBatch = x.length === 4 && batch === maps.length;
  if (!isBatch || height === 0 || width === 0) {
    throw new ShapeError({
      op,
      expected: `x [${maps.length}, height, width, channels], a picture for each map`,
      received: formatShape(x),
    });
  }
  if (maps.flat().every(Number.isFinite)) return [batch, ...size, channels!];
  throw new OptionError({ op, expected: 'maps of finite numbers', received: 'others' });
}

/** Where the tests try both: pictures are oblong, and each is looked up elsewhere. */
const turned: readonly AffineMap[] = [
  [0.75, -0.5, 0.25, 0.5, 1.25, -0.75],
  [1, 0, -2, 0, 1, 3.5],
];
const legal: readonly Pick<Resampling, 'fillMode' | 'interpolation'>[] = [
  { fillMode: 'reflect', interpolation: 'bilinear' },
  { fillMode: 'wrap', interpolation: 'bilinear' },
  { fillMode: 'nearest', interpolation: 'bilinear' },
  { fillMode: 'constant', interpolation: 'bilinear' },
  { fillMode: 'reflect', interpolation: 'nearest' },
];

const samples = legal.map((modes) => ({
  x: '2342',
  y: '2432',
  inputShape: [2, 3, 4, 2],
  attributes: { ...modes, maps: turned, size: [4, 3] as const },
}));
