import { poolGeometry, poolOutputShape, type PoolOptions } from '@gradus/kernels';
import {
  checkShape,
  formatShape,
  sameShape,
  ShapeError,
  type Shape,
  type Tensor,
} from '@gradus/tensor';
import { defineOp } from '../../op';
import { shapeWord } from '../shapeWord';

/*
 * Max pooling chooses: with p(o) for the place of the maximum in window o, y[o] = x[p(o)]. As long as
 * the choice stays the same, and it does for small changes of x unless two numbers tie, this is linear
 * in what is chosen from. So there are two linear maps that x decides on:
 *
 *     takeAtMaxima(v, x)[o] = v[p(o)]
 *     maxPool2dInputGradient(dy, x)[i] = sum of dy[o] over the windows o with p(o) = i
 *
 * They are adjoint to each other, <takeAtMaxima(v, x), dy> = <v, maxPool2dInputGradient(dy, x)>, so
 * that each is the gradient of the other, and x itself, which only decides, gets none. Pooling is
 * takeAtMaxima(x, x). Where numbers tie the first one, row by row, is chosen, and gets all of dy.
 * Averaging is linear, so it and its adjoint are a pair of the same kind, with nothing to choose.
 */

/** What the input gradient of average pooling needs besides dy. */
export interface PoolInputGradientOptions extends PoolOptions {
  /** The shape of x, `[batch, height, width, channels]`. */
  readonly inputShape: Shape;
}

interface Geometry {
  readonly x: Shape;
  readonly options: PoolOptions;
}

/** Where the tests try all of them: images and windows are oblong, so that no axes can be mixed up. */
const legal: readonly Geometry[] = [
  { x: [2, 4, 6, 2], options: { poolSize: 2 } },
  // The stride leaves the last row and column out.
  { x: [1, 5, 3, 5], options: { poolSize: [3, 2], strides: [2, 2] } },
  // Overlapping windows, cut by the border all round.
  { x: [1, 4, 3, 2], options: { poolSize: [3, 2], strides: 1, padding: 'same' } },
  // An even window: the odd pixel of 'same' goes to the bottom and right.
  { x: [2, 3, 5, 1], options: { poolSize: 2, padding: 'same' } },
  // Windows apart from each other.
  { x: [1, 4, 5, 2], options: { poolSize: [1, 2], strides: [2, 3] } },
  {
    x: [1, 3, 4, 3],
    options: {
      poolSize: [3, 4],
      strides: [2, 1],
      padding: [
        [2, 0],
        [1, 3],
      ],
    },
  },
];

const geometries = () =>
  legal.map((geometry) => ({
    ...geometry,
    y: poolOutputShape(poolGeometry('pool', geometry.x, geometry.options)),
  }));

/**
 * The largest number of each window of x [batch, height, width, channels], channel by channel; NaN
 * where the window holds one. Pixels of padding win no maximum.
 */
export const maxPool2d = defineOp({
  name: 'maxPool2d',
  inputs: ['x'],
  shape: ({ x }, options: PoolOptions) => poolOutputShape(poolGeometry('maxPool2d', x, options)),
  compute: (backend, { x }, options, out) =>
    backend.maxPool2d(x, poolGeometry('maxPool2d', x.shape, options), out),
  gradient: (dy, { inputs: { x }, attributes }) => ({
    x: (): Tensor => maxPool2dInputGradient(dy, x, attributes),
  }),
  get samples() {
    return geometries().map(({ x, options }) => ({
      inputs: { x: shapeWord(x) },
      attributes: options,
      distinct: true,
    }));
  },
});

/** The gradient of a loss with respect to the x of `maxPool2d`, from dy and x; linear in dy. */
export const maxPool2dInputGradient = defineOp({
  name: 'maxPool2dInputGradient',
  inputs: ['dy', 'x'],
  shape: ({ dy, x }, options: PoolOptions) => {
    checkOutputShape('maxPool2dInputGradient', dy, x, options);
    return x;
  },
  compute: (backend, { dy, x }, options, out) =>
    backend.maxPool2dInputGradient(
      dy,
      x,
      poolGeometry('maxPool2dInputGradient', x.shape, options),
      out,
    ),
  gradient: (ddx, { inputs: { x }, attributes }) => ({
    dy: (): Tensor => takeAtMaxima(ddx, x, attributes),
    x: null,
  }),
  get samples() {
    return geometries().map(({ x, y, options }) => ({
      inputs: { dy: shapeWord(y), x: shapeWord(x) },
      attributes: options,
      distinct: true,
    }));
  },
});

/** What stands in `values`, shaped like x, where the windows of x have their maxima. */
export const takeAtMaxima = defineOp({
  name: 'takeAtMaxima',
  inputs: ['values', 'x'],
  shape: ({ values, x }, options: PoolOptions) => {
    const geometry = poolGeometry('takeAtMaxima', x, options);
    if (sameShape(values, x)) return poolOutputShape(geometry);
    throw new ShapeError({
      op: 'takeAtMaxima',
      expected: `values ${formatShape(x)}, the shape of x`,
      received: formatShape(values),
    });
  },
  compute: (backend, { values, x }, options, out) =>
    backend.takeAtMaxima(values, x, poolGeometry('takeAtMaxima', x.shape, options), out),
  gradient: (dy, { inputs: { x }, attributes }) => ({
    values: (): Tensor => maxPool2dInputGradient(dy, x, attributes),
    x: null,
  }),
  get samples() {
    return geometries().map(({ x, options }) => ({
      inputs: { values: shapeWord(x), x: shapeWord(x) },
      attributes: options,
      distinct: true,
    }));
  },
});

/**
 * The mean of each window of x [batch, height, width, channels], channel by channel. Pixels of padding
 * do not count: the sum is divided by the number of pixels that the window shares with the image.
 */
export const averagePool2d = defineOp({
  name: 'averagePool2d',
  inputs: ['x'],
  shape: ({ x }, options: PoolOptions) =>
    poolOutputShape(poolGeometry('averagePool2d', x, options)),
  compute: (backend, { x }, options, out) =>
    backend.averagePool2d(x, poolGeometry('averagePool2d', x.shape, options), out),
  gradient: (dy, { inputs: { x }, attributes }) => ({
    x: (): Tensor => averagePool2dInputGradient(dy, { ...attributes, inputShape: x.shape }),
  }),
  get samples() {
    return geometries().map(({ x, options }) => ({
      inputs: { x: shapeWord(x) },
      attributes: options,
    }));
  },
});

/** The gradient of a loss with respect to the x of `averagePool2d`, from dy. */
export const averagePool2dInputGradient = defineOp({
  name: 'averagePool2dInputGradient',
  inputs: ['dy'],
  shape: ({ dy }, { inputShape, ...options }: PoolInputGradientOptions) => {
    checkShape('averagePool2dInputGradient', inputShape);
    checkOutputShape('averagePool2dInputGradient', dy, inputShape, options);
    return inputShape;
  },
  compute: (backend, { dy }, { inputShape, ...options }, out) =>
    backend.averagePool2dInputGradient(
      dy,
      poolGeometry('averagePool2dInputGradient', inputShape, options),
      out,
    ),
  gradient: (ddx, { attributes: { inputShape: _, ...options } }) => ({
    dy: (): Tensor => averagePool2d(ddx, options),
  }),
  get samples() {
    return geometries().map(({ x, y, options }) => ({
      inputs: { dy: shapeWord(y) },
      attributes: { ...options, inputShape: x },
    }));
  },
});

function checkOutputShape(op: string, dy: Shape, x: Shape, options: PoolOptions): void {
  const expected = poolOutputShape(poolGeometry(op, x, options));
  if (sameShape(dy, expected)) return;
  throw new ShapeError({
    op,
    expected: `dy ${formatShape(expected)}, the shape of the pooling's result`,
    received: formatShape(dy),
  });
}
