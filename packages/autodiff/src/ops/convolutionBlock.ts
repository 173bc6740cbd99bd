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
import { isRecording } from '../tape';
import { conv2d, conv2dFilterGradient, conv2dInputGradient } from './convolution';
import { reluGradient } from './elementwise';
import { sum } from './reduction';

/*
 * What usually follows a convolution, in one operation with it: the sums never go to memory before a
 * bias is added, negative numbers become 0, and of each 2x2 pixels only the largest is kept. A small
 * network waits for memory more than for arithmetic, so every pass over its largest tensors that is
 * saved counts as much as the convolution.
 *
 * Gradients of the pooled form use that three of four pixels have none. With p for the places of
 * the maxima, a convolution followed by pooling is y = take(conv2d(x, w), p), where `take`, like its
 * adjoint `unpool`, is linear as long as the places stay. So the filter gradient is that of
 * conv2d at unpool(dy, p), computed without ever writing the zeros.
 */

/** How a convolution walks over an image, and what follows it. */
export interface ConvBlockOptions extends ConvOptions {
  /** Whether numbers below 0 become 0. Default false. */
  readonly relu?: boolean;
}

/** What gradients behind a pooling need to know of the convolution in front of it. */
export interface PooledOptions {
  /** uint8, shaped like the pooled result: which of four pixels, row by row from 0, was the largest. */
  readonly places: Tensor;
}

interface Geometry {
  readonly x: Shape;
  readonly filter: Shape;
  readonly options: ConvBlockOptions;
}

/** Where the tests try it. Positive numbers have positive sums, away from the kink of relu. */
const legal: readonly Geometry[] = [
  { x: [2, 4, 5, 2], filter: [3, 2, 2, 3], options: {} },
  {
    x: [1, 5, 6, 1],
    filter: [2, 3, 1, 2],
    options: { padding: 'same', strides: [2, 1], relu: true },
  },
  { x: [2, 3, 4, 4], filter: [2, 1, 2, 4], options: { groups: 2, padding: 1, relu: true } },
];

/** And with pooling: with one positive tap the sums are ordered as the pixels are, which differ. */
const pooled: readonly Geometry[] = [
  { x: [2, 4, 5, 1], filter: [1, 1, 1, 3], options: {} },
  { x: [1, 3, 4, 2], filter: [1, 1, 1, 4], options: { groups: 2, strides: [1, 2], relu: true } },
];

function samplesOf(geometries: readonly Geometry[], distinct: boolean) {
  return geometries.map(({ x, filter, options }) => ({
    inputs: { x: word(x), filter: word(filter), bias: `${filter[3]}` },
    attributes: options,
    domain: [0.25, 2] as const,
    distinct,
  }));
}

/** A shape as samples spell it. */
function word(shape: Shape): string {
  return shape.join('');
}

/** The shape of the result of a convolution, or of 2x2 max pooling after it. */
function resultShape(
  op: string,
  { x, filter, bias }: Readonly<Record<'x' | 'filter' | 'bias', Shape>>,
  { pooled, options }: { readonly pooled: boolean; readonly options: ConvOptions | undefined },
): Shape {
  // Whatever does not fit here, does not fit a convolution.
  const geometry = convGeometry('conv2d', x, filter, options);
  const { channels } = geometry.output;
  if (!sameShape(bias, [channels])) {
    throw new ShapeError({
      op,
      expected: `a bias [${channels}], a number for each filter`,
      received: formatShape(bias),
    });
  }
  const shape = convOutputShape(geometry);
  return pooled ? pooledShape(shape) : shape;
}

/**
 * `conv2d` plus a bias [filters], with `relu` the positive part of that: in one pass over memory.
 */
export const conv2dBias = defineOp({
  name: 'conv2dBias',
  inputs: ['x', 'filter', 'bias'],
  shape: (shapes, options: ConvBlockOptions | undefined) =>
    resultShape('conv2dBias', shapes, { pooled: false, options }),
  compute(backend, { x, filter, bias }, attributes, out) {
    const { relu = false, ...options } = attributes ?? {};
    const geometry = convGeometry('conv2dBias', x.shape, filter.shape, options);
    backend.conv2d(x, filter, geometry, out, { bias, relu });
  },
  gradient(dy, { inputs: { x, filter }, output, attributes }) {
    const { relu = false, ...options } = attributes ?? {};
    const slope = once(() => (relu ? reluGradient(dy, output) : dy));
    return {
      x: (): Tensor => conv2dInputGradient(slope(), filter, { ...options, inputShape: x.shape }),
      filter: (): Tensor =>
        conv2dFilterGradient(slope(), x, { ...options, filterShape: filter.shape }),
      bias: (): Tensor => sum(slope(), { axis: [0, 1, 2] }),
    };
  },
  samples: samplesOf(legal, false),
});

/**
 * `conv2dBias`, of which then the largest of each 2x2 pixels is kept, as `maxPool2d` does with
 * poolSize 2 and padding 'valid': in one pass over memory, which writes a quarter of the pixels.
 */
export const conv2dBiasMaxPool = defineOp({
  name: 'conv2dBiasMaxPool',
  inputs: ['x', 'filter', 'bias'],
  shape: (shapes, options: ConvBlockOptions | undefined) =>
    resultShape('conv2dBiasMaxPool', shapes, { pooled: true, options }),
  compute(backend, { x, filter, bias }, attributes, out) {
    const { relu = false, ...options } = attributes ?? {};
    const geometry = convGeometry('conv2dBiasMaxPool', x.shape, filter.shape, options);
    const places = isRecording()
      ? new Tensor(backend.allocate('uint8', sizeOf(out.shape)), rowMajor(out.shape))
      : undefined;
    backend.conv2d(x, filter, geometry, out, { bias, relu, maxPool: { places } });
    return places;
  },
  gradient(dy, { inputs: { x, filter }, output, attributes, saved }) {
    const { relu = false, ...options } = attributes ?? {};
    const places = saved!;
    const slope = once(() => (relu ? reluGradient(dy, output) : dy));
    return {
      x: (): Tensor =>
        conv2dPooledInputGradient(slope(), filter, { ...options, places, inputShape: x.shape }),
      filter: (): Tensor =>
        conv2dPooledFilterGradient(slope(), x, { ...options, places, filterShape: filter.shape }),
      bias: (): Tensor => sum(slope(), { axis: [0, 1, 2] }),
    };
  },
  samples: samplesOf(pooled, true),
});

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

/** The same tensor each time. */
function once(f: () => Tensor): () => Tensor {
  let made: Tensor | undefined;
  return () => (made ??= f());
}

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
