import {
  convGeometry,
  convOutputShape,
  newTensor,
  pooledShape,
  type ConvOptions,
} from '@gradus/kernels';
import { formatShape, sameShape, ShapeError, type Tensor, type Shape } from '@gradus/tensor';
import { defineOp } from '../../op';
import { shapeWord } from '../shapeWord';
import { isRecording } from '../../tape';
import { conv2dFilterGradient, conv2dInputGradient } from './convolution';
import { reluGradient } from '../elementwise/elementwise';
import { once } from '../once';
import { roomFor } from '../checks/roomFor';
import {
  biasOf,
  conv2dPooledInputGradient,
  conv2dPooledParameterGradient,
  filterOf,
} from './pooledConvolution';
import { sum } from '../reductions/reduction';

/*
 * What usually follows a convolution, in one operation with it: the sums never go to memory before a
 * bias is added, negative numbers become 0, and of each 2x2 pixels only the largest is kept. A small
 * network waits for memory more than for arithmetic, so every pass over its largest tensors that is
 * saved counts as much as the convolution.
 */

/** How a convolution walks over an image, and what follows it. */
export interface ConvBlockOptions extends ConvOptions {
  /** Whether numbers below 0 become 0. Default false. */
  readonly relu?: boolean;
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
    inputs: { x: shapeWord(x), filter: shapeWord(filter), bias: `${filter[3]}` },
    attributes: options,
    domain: [0.25, 2] as const,
    distinct,
  }));
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
  const shape = roomFor(op, convOutputShape(geometry));
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
  get samples() {
    return samplesOf(legal, false);
  },
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
    const places = isRecording() ? newTensor(backend, 'uint8', out.shape) : undefined;
    backend.conv2d(x, filter, geometry, out, { bias, relu, maxPool: { places } });
    return places;
  },
  gradient(dy, { inputs: { x, filter }, attributes: { relu: _, ...options } = {}, saved }) {
    // They know where relu leaves no gradient.
    const places = saved!;
    const parameters = once(() =>
      conv2dPooledParameterGradient(dy, x, { ...options, places, filterShape: filter.shape }),
    );
    return {
      x: (): Tensor =>
        conv2dPooledInputGradient(dy, filter, { ...options, places, inputShape: x.shape }),
      filter: (): Tensor => filterOf(parameters(), filter.shape),
      bias: (): Tensor => biasOf(parameters()),
    };
  },
  get samples() {
    return samplesOf(pooled, true);
  },
});
