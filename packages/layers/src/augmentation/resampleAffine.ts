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
import { tapsUnder, type Interpolation } from './taps';

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
    const channels = x.shape[3]!;
    eachTap(x.shape, options, (source, target, weight) => {
      for (let c = 0; c < channels; c++) to[target + c]! += weight * from[source + c]!;
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
    const channels = inputShape[3]!;
    eachTap(inputShape, options, (source, target, weight) => {
      for (let c = 0; c < channels; c++) to[source + c]! += weight * from[target + c]!;
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

/** Where the first channel of a pixel of x stands, where that of one made of it, and the weight. */
type Visit = (source: number, target: number, weight: number) => void;

function eachTap([, height, width, channels]: Shape, options: Resampling, visit: Visit): void {
  const from = [height!, width!] as const;
  const { size: to, maps, fillMode, interpolation } = options;
  maps.forEach((map, n) => {
    const { count, pixels, weights } = tapsUnder(map, { from, to, fillMode, interpolation });
    const [firstSource, firstTarget] = [n * sizeOf(from), n * sizeOf(to)];
    for (let tap = 0; tap < pixels.length; tap++) {
      // What counts nothing may be infinite.
      if (weights[tap] === 0) continue;
      const target = firstTarget + Math.floor(tap / count);
      visit((firstSource + pixels[tap]!) * channels!, target * channels!, weights[tap]!);
    }
  });
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
