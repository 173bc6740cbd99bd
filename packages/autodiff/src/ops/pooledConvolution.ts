import {
  convGeometry,
  convOutputShape,
  pooledShape,
  takeAtPlaces as takeNumbers,
  type ConvOptions,
} from '@gradus/kernels';
import {
  checkShape,
  formatShape,
  rowMajor,
  sameShape,
  ShapeError,
  sizeOf,
  Tensor,
  type Shape,
} from '@gradus/tensor';
import { defineOp } from '../op';
import { conv2d } from './convolution';

/*
 * Behind 2x2 max pooling three of four pixels of a convolution have no gradient. With p for the
 * places of the maxima, the two together are y = take(conv2d(x, w), p), where `take`, like its
 * adjoint `unpool`, is linear as long as the places stay. So the gradients are those of conv2d at
 * unpool(dy, p), computed without ever writing the zeros.
 */

/** What gradients behind a pooling need to know of the convolution in front of it. */
export interface PooledOptions {
  /** uint8, shaped like the pooled result: which of four pixels, row by row from 0, was the largest. */
  readonly places: Tensor;
}

/** What `unpool` needs besides dy. */
export interface UnpoolOptions extends PooledOptions {
  /** The shape of the result, [batch, height, width, channels]. */
  readonly shape: Shape;
}

/** Each number of dy at its pixel of the square that it was chosen from; all others are 0. */
export const unpool = defineOp({
  name: 'unpool',
  inputs: ['dy'],
  shape: ({ dy }, { places, shape }: UnpoolOptions) => {
    checkShape('unpool', shape);
    checkPooled('unpool', dy, places, shape);
    return shape;
  },
  compute: (backend, { dy }, { places }, out) => backend.unpool({ numbers: dy, places }, out),
  gradient: (ddx, { attributes: { places } }) => ({
    dy: (): Tensor => takeAtPlaces(ddx, { places }),
  }),
  samples: [
    { inputs: { dy: '1223' }, attributes: { places: somePlaces(1, 2, 2, 3), shape: [1, 4, 5, 3] } },
  ],
});

/** The numbers of values [batch, height, width, channels] at the places that were chosen from it. */
export const takeAtPlaces = defineOp({
  name: 'takeAtPlaces',
  inputs: ['values'],
  shape: ({ values }, { places }: PooledOptions) => {
    checkPooled('takeAtPlaces', places.shape, places, values);
    return places.shape;
  },
  compute: (_, { values }, { places }, out) => takeNumbers(values, places, out),
  gradient: (dy, { inputs: { values }, attributes: { places } }) => ({
    values: (): Tensor => unpool(dy, { places, shape: values.shape }),
  }),
  samples: [{ inputs: { values: '1453' }, attributes: { places: somePlaces(1, 2, 2, 3) } }],
});

/** What the filter gradient behind a pooling needs besides dy and x. */
export interface PooledFilterGradientOptions extends ConvOptions, PooledOptions {
  /** The shape of the filter, `[height, width, channels / groups, filters]`. */
  readonly filterShape: Shape;
}

/** `conv2dFilterGradient` of what `unpool` makes of dy. */
export const conv2dPooledFilterGradient = defineOp({
  name: 'conv2dPooledFilterGradient',
  inputs: ['dy', 'x'],
  shape: ({ dy, x }, { filterShape, places, ...options }: PooledFilterGradientOptions) => {
    checkShape('conv2dPooledFilterGradient', filterShape);
    const geometry = convGeometry('conv2dPooledFilterGradient', x, filterShape, options);
    checkPooled('conv2dPooledFilterGradient', dy, places, convOutputShape(geometry));
    return filterShape;
  },
  compute(backend, { dy, x }, { filterShape, places, ...options }, out) {
    const geometry = convGeometry('conv2dPooledFilterGradient', x.shape, filterShape, options);
    backend.conv2dPooledFilterGradient({ numbers: dy, places }, x, geometry, out);
  },
  gradient(dw, { inputs: { dy, x }, attributes: { filterShape: _, places, ...options } }) {
    return {
      dy: (): Tensor => takeAtPlaces(conv2d(x, dw, options), { places }),
      x: (): Tensor =>
        conv2dPooledInputGradient(dy, dw, { ...options, places, inputShape: x.shape }),
    };
  },
  samples: [
    {
      inputs: { dy: '2223', x: '2542' },
      attributes: { filterShape: [2, 1, 2, 3], places: somePlaces(2, 2, 2, 3) },
    },
    {
      inputs: { dy: '1122', x: '1234' },
      attributes: {
        filterShape: [1, 1, 2, 2],
        groups: 2,
        padding: [
          [0, 0],
          [1, 0],
        ],
        places: somePlaces(1, 1, 2, 2),
      },
    },
  ],
});

/** What the input gradient behind a pooling needs besides dy and the filter. */
export interface PooledInputGradientOptions extends ConvOptions, PooledOptions {
  /** The shape of x, `[batch, height, width, channels]`. */
  readonly inputShape: Shape;
}

/** `conv2dInputGradient` of what `unpool` makes of dy. */
export const conv2dPooledInputGradient = defineOp({
  name: 'conv2dPooledInputGradient',
  inputs: ['dy', 'filter'],
  shape: ({ dy, filter }, { inputShape, places, ...options }: PooledInputGradientOptions) => {
    checkShape('conv2dPooledInputGradient', inputShape);
    const geometry = convGeometry('conv2dPooledInputGradient', inputShape, filter, options);
    checkPooled('conv2dPooledInputGradient', dy, places, convOutputShape(geometry));
    return inputShape;
  },
  compute(backend, { dy, filter }, { inputShape, places, ...options }, out) {
    const geometry = convGeometry('conv2dPooledInputGradient', inputShape, filter.shape, options);
    backend.conv2dPooledInputGradient({ numbers: dy, places }, filter, geometry, out);
  },
  gradient: (
    dx,
    { inputs: { dy, filter }, attributes: { inputShape: _, places, ...options } },
  ) => ({
    dy: (): Tensor => takeAtPlaces(conv2d(dx, filter, options), { places }),
    filter: (): Tensor =>
      conv2dPooledFilterGradient(dy, dx, { ...options, places, filterShape: filter.shape }),
  }),
  samples: [
    {
      inputs: { dy: '2223', filter: '2123' },
      attributes: { inputShape: [2, 5, 4, 2], places: somePlaces(2, 2, 2, 3) },
    },
    {
      inputs: { dy: '1122', filter: '1122' },
      attributes: {
        inputShape: [1, 2, 3, 4],
        groups: 2,
        places: somePlaces(1, 1, 2, 2),
        padding: [
          [0, 0],
          [1, 0],
        ],
      },
    },
  ],
});

/** The places 0, 3, 2, 1, 0, ... */
function somePlaces(...shape: Shape): Tensor {
  const data = Uint8Array.from({ length: sizeOf(shape) }, (_, i) => (3 * i) % 4);
  return new Tensor({ dtype: 'uint8', data }, rowMajor(shape));
}

function checkPooled(op: string, dy: Shape, places: Tensor, whole: Shape): void {
  const fits =
    whole.length === 4 && places.dtype === 'uint8' && sameShape(places.shape, pooledShape(whole));
  if (fits && sameShape(dy, places.shape)) return;
  throw new ShapeError({
    op,
    expected: `numbers and places of 2x2 pooling, uint8, of ${formatShape(whole)}`,
    received: `${formatShape(dy)}, and places ${places.dtype} ${formatShape(places.shape)}`,
  });
}
