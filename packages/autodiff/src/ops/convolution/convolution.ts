import { convGeometry, convOutputShape, type ConvOptions } from '@gradus/kernels';
import {
  checkShape,
  formatShape,
  sameShape,
  ShapeError,
  type Shape,
  type Tensor,
} from '@gradus/tensor';
import { defineOp } from '../../op';
import { roomFor } from '../checks/roomFor';
import { shapeWord } from '../shapeWord';

/*
 * A convolution is linear in the image x and linear in the filter w. So for any y shaped like its
 * result the number
 *
 *     T(x, w, y) = <conv2d(x, w), y> = sum over n, i, j, c, f, u, v of
 *                  x[n, i*stride + u*dilation - top, j*stride + v*dilation - left, c] w[u, v, c, f] y[n, i, j, f]
 *
 * is linear in each of the three. Leave out one of them, and what the other two are multiplied into
 * it by is a tensor of its shape: without y the convolution itself, without x its input gradient,
 * without w its filter gradient. The gradient of each with respect to an argument therefore is
 * again one of the three, with dy in the place of the one left out: three operations that are closed
 * under differentiation, to any order.
 */

/** What the input gradient needs besides dy and the filter. */
export interface InputGradientOptions extends ConvOptions {
  /** The shape of x, `[batch, height, width, channels]`. */
  readonly inputShape: Shape;
}

/** What the filter gradient needs besides dy and x. */
export interface FilterGradientOptions extends ConvOptions {
  /** The shape of the filter, `[height, width, channels / groups, filters]`. */
  readonly filterShape: Shape;
}

interface Geometry {
  readonly x: Shape;
  readonly filter: Shape;
  readonly options: ConvOptions;
}

/** Where the tests try all three: images and kernels are oblong, so that no axes can be mixed up. */
const legal: readonly Geometry[] = [
  { x: [2, 3, 4, 2], filter: [3, 2, 2, 2], options: {} },
  // An even kernel: the odd zero of 'same' goes to the bottom and right.
  { x: [1, 4, 5, 2], filter: [2, 3, 2, 2], options: { padding: 'same', strides: 2 } },
  // The stride leaves the last row and column of the image unused.
  { x: [1, 6, 3, 1], filter: [3, 2, 1, 2], options: { strides: [2, 3] } },
  { x: [1, 5, 3, 1], filter: [3, 2, 1, 2], options: { padding: 'same', dilations: [2, 1] } },
  // The kernel is larger than the image.
  { x: [2, 1, 1, 2], filter: [3, 3, 2, 2], options: { padding: 'same' } },
  {
    x: [1, 4, 4, 2],
    filter: [2, 3, 2, 1],
    options: {
      padding: [
        [2, 0],
        [1, 3],
      ],
      strides: [2, 1],
      dilations: [1, 2],
    },
  },
  { x: [1, 3, 4, 4], filter: [2, 1, 2, 4], options: { groups: 2, strides: [1, 2] } },
  // Each channel has a group, with two filters, to itself.
  { x: [1, 3, 2, 3], filter: [3, 3, 1, 6], options: { groups: 3, padding: 1 } },
];

const geometries = () =>
  legal.map((geometry) => ({
    ...geometry,
    dy: convOutputShape(convGeometry('conv2d', geometry.x, geometry.filter, geometry.options)),
  }));

/**
 * The cross-correlation (the kernel is not flipped) of x [batch, height, width, channels] with a
 * filter [height, width, channels / groups, filters], giving [batch, height, width, filters].
 */
export const conv2d = defineOp({
  name: 'conv2d',
  inputs: ['x', 'filter'],
  shape: ({ x, filter }, options: ConvOptions | undefined) =>
    roomFor('conv2d', convOutputShape(convGeometry('conv2d', x, filter, options))),
  compute: (backend, { x, filter }, options, out) =>
    backend.conv2d(x, filter, convGeometry('conv2d', x.shape, filter.shape, options), out),
  gradient: (dy, { inputs: { x, filter }, attributes }) => ({
    x: (): Tensor => conv2dInputGradient(dy, filter, { ...attributes, inputShape: x.shape }),
    filter: (): Tensor => conv2dFilterGradient(dy, x, { ...attributes, filterShape: filter.shape }),
  }),
  get samples() {
    return geometries().map(({ x, filter, options }) => ({
      inputs: { x: shapeWord(x), filter: shapeWord(filter) },
      attributes: options,
    }));
  },
});

/** The gradient of a loss with respect to the x of `conv2d`, from dy and the filter. */
export const conv2dInputGradient = defineOp({
  name: 'conv2dInputGradient',
  inputs: ['dy', 'filter'],
  shape: ({ dy, filter }, { inputShape, ...options }: InputGradientOptions) => {
    checkOutputShape('conv2dInputGradient', dy, inputShape, { filter, ...options });
    return inputShape;
  },
  compute: (backend, { dy, filter }, { inputShape, ...options }, out) =>
    backend.conv2dInputGradient(
      dy,
      filter,
      convGeometry('conv2dInputGradient', inputShape, filter.shape, options),
      out,
    ),
  gradient: (dx, { inputs: { dy, filter }, attributes: { inputShape: _, ...options } }) => ({
    dy: (): Tensor => conv2d(dx, filter, options),
    filter: (): Tensor => conv2dFilterGradient(dy, dx, { ...options, filterShape: filter.shape }),
  }),
  get samples() {
    return geometries().map(({ x, filter, dy, options }) => ({
      inputs: { dy: shapeWord(dy), filter: shapeWord(filter) },
      attributes: { ...options, inputShape: x },
    }));
  },
});

/** The gradient of a loss with respect to the filter of `conv2d`, from dy and x. */
export const conv2dFilterGradient = defineOp({
  name: 'conv2dFilterGradient',
  inputs: ['dy', 'x'],
  shape: ({ dy, x }, { filterShape, ...options }: FilterGradientOptions) => {
    checkOutputShape('conv2dFilterGradient', dy, x, { filter: filterShape, ...options });
    return filterShape;
  },
  compute: (backend, { dy, x }, { filterShape, ...options }, out) =>
    backend.conv2dFilterGradient(
      dy,
      x,
      convGeometry('conv2dFilterGradient', x.shape, filterShape, options),
      out,
    ),
  gradient: (dw, { inputs: { dy, x }, attributes: { filterShape: _, ...options } }) => ({
    dy: (): Tensor => conv2d(x, dw, options),
    x: (): Tensor => conv2dInputGradient(dy, dw, { ...options, inputShape: x.shape }),
  }),
  get samples() {
    return geometries().map(({ x, filter, dy, options }) => ({
      inputs: { dy: shapeWord(dy), x: shapeWord(x) },
      attributes: { ...options, filterShape: filter },
    }));
  },
});

function checkOutputShape(
  op: string,
  dy: Shape,
  x: Shape,
  { filter, ...options }: ConvOptions & { readonly filter: Shape },
): void {
  // One of the two is an attribute; the other belongs to a tensor, so it is in order.
  checkShape(op, x);
  checkShape(op, filter);
  const expected = convOutputShape(convGeometry(op, x, filter, options));
  if (sameShape(dy, expected)) return;
  throw new ShapeError({
    op,
    expected: `dy ${formatShape(expected)}, the shape of the convolution's result`,
    received: formatShape(dy),
  });
}
