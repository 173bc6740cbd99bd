import { formatShape, OptionError, ShapeError, type Shape, type Tensor } from '@gradus/tensor';
import { composeOp, type ComposedOp } from '../../composeOp';
import { alongAxes, type AlongAxes, type PaddingAlongAxes } from '../convolution/alongAxes';
import { callOptions } from '../checks/callOptions';
import { averagePool2d, maxPool2d } from './pooling';
import { max, mean } from '../reductions/reduction';
import { reshape } from '../shapes/shape';
import { shapeWord } from '../shapeWord';
import {
  imageOptions,
  noAxis,
  spatialShape,
  tooLarge,
  windowsOn,
  type WindowsAlong,
} from '../convolution/windows';

/*
 * A window is a box, so that its maximum is the maximum along one axis of the maxima along the
 * others; and its mean likewise the mean of means, of which each counts as much as the others: what
 * a box shares with x is a box too. So volumes are pooled as images are, twice.
 */

/** How pooling walks over x [batch, ...spatial axes, channels]. */
export interface PoolingOptions {
  /** The size of the windows. Default 2. */
  readonly poolSize?: AlongAxes | undefined;
  /** Distance between neighbouring windows. Default: the pool size. */
  readonly strides?: AlongAxes | undefined;
  /** Default 'valid'. Padding wins no maximum and counts in no average. */
  readonly padding?: PaddingAlongAxes | undefined;
}

/** What is left of the axes that global pooling goes over. */
export interface GlobalPoolingOptions {
  /** Whether they stay, with size 1. Default false. */
  readonly keepDims?: boolean;
}

const legal: readonly (readonly [x: Shape, options?: PoolingOptions])[] = [
  [[2, 5, 3]],
  [[1, 5, 2], { poolSize: 3, strides: 2, padding: [[2, 1]] }],
  [[1, 4, 5, 2]],
  [[1, 3, 4, 1], { poolSize: [2, 3], strides: [1, 2], padding: 'same' }],
  [[1, 3, 4, 3, 1], { poolSize: [2, 3, 2], strides: [1, 2, 3] }],
  [[1, 4, 3, 2, 1], { poolSize: [3, 2, 2], strides: 2, padding: 'same' }],
  [
    [1, 2, 2, 3, 1],
    {
      strides: 1,
      padding: [
        [1, 0],
        [0, 1],
        [1, 1],
      ],
    },
  ],
];

type Pool2d = typeof maxPool2d;

/**
 * The largest number of each window of x, channel by channel: of sequences [batch, length,
 * channels], images [batch, height, width, channels] or volumes [batch, depth, height, width,
 * channels]; NaN where the window holds one. Of numbers that tie the first gets the gradient.
 * @throws ShapeError if x is none of them, or the pool is larger than x with its padding.
 * @throws OptionError if an option is out of range, or the padding as large as the pool.
 */
export const maxPool = pooling('maxPool', maxPool2d);

/**
 * The mean of each window of x, channel by channel, as `maxPool` takes the largest number. Padding
 * does not count: the sum is divided by the number of places that the window shares with x.
 * @throws what `maxPool` throws.
 */
export const avgPool = pooling('avgPool', averagePool2d);

/**
 * The largest number of each channel of x [batch, ...spatial axes, channels], giving [batch,
 * channels]. Numbers that tie share the gradient evenly.
 * @throws ShapeError if x has no spatial axes, or nothing along one of them.
 */
export const globalMaxPool = globalPooling('globalMaxPool', max);

/**
 * The mean of each channel of x [batch, ...spatial axes, channels], giving [batch, channels]. M.
 * Lin, Q. Chen, S. Yan, "Network in network", arXiv:1312.4400, section 3.2.
 * @throws ShapeError if x has no spatial axes, or nothing along one of them.
 */
export const globalAvgPool = globalPooling('globalAvgPool', mean);

function pooling(
  name: string,
  pool2d: Pool2d,
): ComposedOp<readonly ['x'], PoolingOptions | undefined> {
  return composeOp({
    name,
    inputs: ['x'] as const,
    compute({ x }, given: PoolingOptions | undefined) {
      const options = callOptions(name, given);
      const windows = poolWindows(name, x.shape, options);
      const pooled = (images: Tensor, vertical: WindowsAlong, horizontal: WindowsAlong): Tensor => {
        const { strides, padding } = imageOptions(vertical, horizontal, options.padding);
        return pool2d(images, { poolSize: [vertical.taps, horizontal.taps], strides, padding });
      };
      const [first, ...others] = windows as [WindowsAlong, ...WindowsAlong[]];
      const [batch, size] = x.shape as [number, number];
      const channels = x.shape.at(-1)!;
      if (others.length === 0) {
        const images = reshape(x, [batch, 1, size, channels]);
        return reshape(pooled(images, noAxis, first), [batch, first.output, channels]);
      }
      const [vertical, horizontal] = windows.slice(-2) as [WindowsAlong, WindowsAlong];
      if (others.length === 1) return pooled(x, vertical, horizontal);
      const slices = reshape(x, [batch * size, vertical.size, horizontal.size, channels]);
      const pixels = vertical.output * horizontal.output;
      const flat = reshape(pooled(slices, vertical, horizontal), [batch, size, pixels, channels]);
      const outputs = windows.map(({ output }) => output);
      return reshape(pooled(flat, first, noAxis), [batch, ...outputs, channels]);
    },
    samples: legal.map(([x, options]) => ({
      inputs: { x: shapeWord(x) },
      ...(options && { attributes: options }),
      distinct: pool2d === maxPool2d,
    })),
  });
}

/**
 * The windows of pooling along each spatial axis of x [batch, ...spatial axes, channels].
 * @throws what `maxPool` throws, naming `op`.
 */
export function poolWindows(op: string, x: Shape, options: PoolingOptions): WindowsAlong[] {
  const count = x.length - 2;
  if (count < 1 || count > 3) {
    throw new ShapeError({
      op,
      expected: `x ${[1, 2, 3].map((n) => spatialShape(n)).join(' or ')}`,
      received: formatShape(x),
    });
  }
  const { poolSize = 2, strides = poolSize, padding } = options;
  const pool = alongAxes(op, 'poolSize', poolSize, count);
  const windows = windowsOn(op, x, pool, { strides, padding });
  if (windows.some(({ before, after, taps }) => Math.max(before, after) >= taps)) {
    throw new OptionError({
      op,
      expected: `padding smaller than the pool, which is ${pool.join('x')}`,
      received: JSON.stringify(windows.map(({ before, after }) => [before, after])),
    });
  }
  if (padding !== 'same' && windows.some(({ size }) => size === 0)) throw tooLarge(op, x, windows);
  return windows;
}

function globalPooling(
  name: string,
  reduce: typeof max | typeof mean,
): ComposedOp<readonly ['x'], GlobalPoolingOptions | undefined> {
  return composeOp({
    name,
    inputs: ['x'] as const,
    compute({ x }, given: GlobalPoolingOptions | undefined) {
      const { keepDims = false } = callOptions(name, given);
      const axis = x.shape.slice(1, -1).map((_, i) => i + 1);
      if (axis.length > 0 && axis.every((i) => x.shape[i]! > 0))
        return reduce(x, { axis, keepDims });
      throw new ShapeError({
        op: name,
        expected: 'x [batch, ...spatial axes, channels], with at least one place along each',
        received: formatShape(x.shape),
      });
    },
    samples: [
      { inputs: { x: 'bmc' }, distinct: true },
      { inputs: { x: 'bmnc' }, attributes: { keepDims: true }, distinct: true },
      { inputs: { x: 'bmnkc' }, distinct: true },
    ],
  });
}
