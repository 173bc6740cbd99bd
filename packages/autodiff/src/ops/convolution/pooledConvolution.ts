import {
  convGeometry,
  convOutputShape,
  convParametersShape,
  noPlace,
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
import { defineOp } from '../../op';
import { add } from '../elementwise/arithmetic';
import { conv2d } from './convolution';
import { once } from '../once';
import { reshape } from '../shapes/shape';
import { slice } from '../shapes/slice';

/*
 * Behind 2x2 max pooling three of four pixels of a convolution have no gradient; behind relu, nor has
 * the fourth where it is not above 0. With p for the places of those that have one, the whole is
 * y = take(conv2d(x, w) + b, p), where `take`, like its adjoint `unpool`, is linear as long as the
 * places stay. So the gradients are those of conv2d at unpool(dy, p), computed without ever writing
 * the zeros. Those of w and b come as one matrix [taps + 1, filters], from one walk over dy.
 */

/** What gradients behind a pooling need to know of the convolution in front of it. */
export interface PooledOptions {
  /** uint8, shaped like the pooled result: which of four pixels, row by row from 0, was the largest, or 4: none counts. */
  readonly places: Tensor;
}

/** What `unpool` needs besides dy. */
export interface UnpoolOptions extends PooledOptions {
  /** The shape of the result, [batch, height, width, channels]. */
  readonly shape: Shape;
}

/** Each number of dy at its pixel, if any, of the square that it was chosen from; all others are 0. */
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

/** The numbers of values [batch, height, width, channels] at the places chosen from it; 0 for none. */
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

/** What the gradient of filter and bias behind a pooling needs besides dy and x. */
export interface PooledParameterGradientOptions extends ConvOptions, PooledOptions {
  /** The shape of the filter, `[height, width, channels / groups, filters]`. */
  readonly filterShape: Shape;
}

/**
 * `conv2dFilterGradient` of what `unpool` makes of dy, and its sum over all pixels, in one matrix:
 * [height * width * channels / groups + 1, filters], the last row being the gradient of a bias.
 */
export const conv2dPooledParameterGradient = defineOp({
  name: 'conv2dPooledParameterGradient',
  inputs: ['dy', 'x'],
  shape: ({ dy, x }, { filterShape, places, ...options }: PooledParameterGradientOptions) => {
    checkShape('conv2dPooledParameterGradient', filterShape);
    const geometry = convGeometry('conv2dPooledParameterGradient', x, filterShape, options);
    checkPooled('conv2dPooledParameterGradient', dy, places, convOutputShape(geometry));
    return convParametersShape(geometry);
  },
  compute(backend, { dy, x }, { filterShape, places, ...options }, out) {
    const geometry = convGeometry('conv2dPooledParameterGradient', x.shape, filterShape, options);
    backend.conv2dPooledParameterGradient({ numbers: dy, places }, x, geometry, out);
  },
  gradient(parameters, { inputs: { dy, x }, attributes: { filterShape, places, ...options } }) {
    const filter = once(() => filterOf(parameters, filterShape));
    return {
      dy: (): Tensor =>
        takeAtPlaces(add(conv2d(x, filter(), options), biasOf(parameters)), { places }),
      x: (): Tensor =>
        conv2dPooledInputGradient(dy, filter(), { ...options, places, inputShape: x.shape }),
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
    filter: (): Tensor => {
      const parameters = { ...options, places, filterShape: filter.shape };
      return filterOf(conv2dPooledParameterGradient(dy, dx, parameters), filter.shape);
    },
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

/** The filter of a matrix [taps + 1, filters]. */
export function filterOf(parameters: Tensor, filterShape: Shape): Tensor {
  const [rows, filters] = parameters.shape as [number, number];
  return reshape(slice(parameters, { begin: [0, 0], size: [rows - 1, filters] }), filterShape);
}

/** The bias of such a matrix, [filters]. */
export function biasOf(parameters: Tensor): Tensor {
  const filters = parameters.shape[1]!;
  return reshape(slice(parameters, { begin: [-1, 0], size: [1, filters] }), [filters]);
}

/** The places 0, 3, 1, 4, 2, 0, ... */
function somePlaces(...shape: Shape): Tensor {
  const data = Uint8Array.from({ length: sizeOf(shape) }, (_, i) => (3 * i) % (noPlace + 1));
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
