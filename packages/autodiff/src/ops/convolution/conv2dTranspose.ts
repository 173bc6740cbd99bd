import { formatShape, OptionError, ShapeError, type Shape } from '@gradus/tensor';
import { checkWhole } from '@gradus/tensor/options';
import { composeOp } from '../../composeOp';
import { alongAxes, sidesAlongAxes, type AlongAxes, type Sides } from './alongAxes';
import { callOptions } from '../checks/callOptions';
import { conv2dInputGradient } from './convolution';
import {
  checkDivisible,
  checkFilter,
  checkRank,
  type ConvolutionOptions,
  type ConvolutionShapes,
} from './convolutionWindows';
import { shapeWord } from '../shapeWord';
import { roomFor } from '../checks/roomFor';

/*
 * A transposed convolution goes the way of a convolution back: from x to an image that `conv2d`
 * with the same filter and options takes to the shape of x. With strides s several sizes are
 * possible along an axis, s of them; `outputPadding` says which. With the kernel's reach k' = (k -
 * 1) * dilation + 1 they are
 *
 *     'valid'           (n - 1) s + k' + outputPadding
 *     'same'            (n - 1) s + 1 + outputPadding
 *     before and after  (n - 1) s + k' - before - after + outputPadding
 *
 * with outputPadding from 0 to s - 1. Keras takes n s + max(k' - s, 0) for 'valid' and n s for
 * 'same', which are outputPadding = max(s - k', 0) and s - 1: the defaults.
 */

/** How a transposed convolution walks. */
export interface Conv2dTransposeOptions extends ConvolutionOptions {
  /**
   * Rows and columns, fewer than the strides, that the result has beyond the smallest size it can
   * have. Default: what makes n * stride + max(reach - stride, 0) of 'valid', n * stride of 'same',
   * else 0.
   */
  readonly outputPadding?: AlongAxes | undefined;
}

type Legal = readonly [x: Shape, filter: Shape, options?: Conv2dTransposeOptions];

const legal: readonly Legal[] = [
  [
    [2, 2, 3, 2],
    [3, 2, 1, 2],
  ],
  [[1, 3, 2, 2], [2, 3, 2, 2], { strides: [3, 2], padding: 'same' }],
  [[1, 2, 2, 1], [1, 2, 2, 1], { strides: [3, 2], dilations: [1, 2] }],
  [
    [1, 2, 3, 1],
    [3, 2, 1, 1],
    {
      padding: [
        [1, 0],
        [2, 0],
      ],
      strides: 2,
      outputPadding: [1, 0],
    },
  ],
  [[1, 2, 1, 4], [2, 2, 1, 4], { groups: 2, padding: 'same', strides: 2, outputPadding: 0 }],
];

/**
 * The transposed convolution of x [batch, height, width, channels] with a filter [height, width,
 * filters / groups, channels], giving [batch, outHeight, outWidth, filters]: each number of x,
 * times the filter, is added to the result where `conv2d` would have looked. So it is the input
 * gradient of that convolution; M. Zeiler et al., "Deconvolutional networks", CVPR 2010.
 * @throws ShapeError if ranks or channels do not fit, or the padding leaves nothing of the result.
 * @throws OptionError if an option is out of range.
 */
export const conv2dTranspose = composeOp({
  name: 'conv2dTranspose',
  inputs: ['x', 'filter'],
  compute({ x, filter }, given: Conv2dTransposeOptions | undefined) {
    const options = callOptions('conv2dTranspose', given);
    const shapes = { x: x.shape, filter: filter.shape };
    const { shape, vertical, horizontal } = transposedAxes(shapes, options);
    return conv2dInputGradient(x, filter, {
      inputShape: shape,
      groups: options.groups ?? 1,
      strides: [vertical.stride, horizontal.stride],
      dilations: [vertical.dilation, horizontal.dilation],
      padding: [vertical.padding, horizontal.padding],
    });
  },
  samples: legal.map(([x, filter, options]) => ({
    inputs: { x: shapeWord(x), filter: shapeWord(filter) },
    ...(options && { attributes: options }),
  })),
});

/**
 * The shape of the result of `conv2dTranspose`.
 * @throws what `conv2dTranspose` throws.
 */
export function conv2dTransposeShape(
  shapes: ConvolutionShapes,
  options: Conv2dTransposeOptions = {},
): Shape {
  return transposedAxes(shapes, options).shape;
}

function transposedAxes(
  { x, filter }: ConvolutionShapes,
  { groups = 1, ...options }: Conv2dTransposeOptions,
): { readonly shape: Shape; readonly vertical: Axis; readonly horizontal: Axis } {
  checkInputs(x, filter, groups);
  const [vertical, horizontal] = outputAxes(x, filter, options) as [Axis, Axis];
  const shape = [x[0]!, vertical.output, horizontal.output, filter[2]! * groups];
  roomFor('conv2dTranspose', shape);
  return { shape, vertical, horizontal };
}

interface Axis {
  readonly stride: number;
  readonly dilation: number;
  readonly padding: readonly [before: number, after: number];
  readonly output: number;
}

function checkInputs(x: Shape, filter: Shape, groups: number): void {
  const op = 'conv2dTranspose';
  checkWhole(op, { groups }, 1);
  checkRank(op, x, 2);
  checkFilter(op, filter, { axes: 'height, width, filters / groups, channels', spatialAxes: 2 });
  if (x[3] !== filter[3]) {
    throw new ShapeError({
      op,
      expected: `x [batch, height, width, ${filter[3]}]`,
      received: formatShape(x),
      hint: `The last axis is ${x[3]}, and ${filter[3]} in the filter ${formatShape(filter)}.`,
    });
  }
  checkDivisible(op, 'channels', x[3]!, groups);
  if (x[1] !== 0 && x[2] !== 0) return;
  throw new ShapeError({
    op,
    expected: 'images of at least 1x1 pixels',
    received: formatShape(x),
  });
}

function outputAxes(x: Shape, filter: Shape, options: Conv2dTransposeOptions): Axis[] {
  const op = 'conv2dTranspose';
  const { strides = 1, dilations = 1, padding = 'valid', outputPadding } = options;
  const stride = alongAxes(op, 'strides', strides, 2);
  const dilation = alongAxes(op, 'dilations', dilations, 2);
  const sides = sidesAlongAxes(op, padding, 2);
  const beyond =
    outputPadding === undefined ? undefined : alongAxes(op, 'outputPadding', outputPadding, 2, 0);
  const axes = [0, 1].map((i) =>
    outputAxis({
      reach: (filter[i]! - 1) * dilation[i]! + 1,
      size: x[i + 1]!,
      stride: stride[i]!,
      dilation: dilation[i]!,
      sides: sides[i]!,
      fillsStride: padding === 'valid',
      beyond: beyond?.[i],
    }),
  );
  if (axes.every(({ output }) => output > 0)) return axes;
  throw new ShapeError({
    op,
    expected: 'padding that leaves something of the result',
    received: `${axes.map(({ output }) => output).join('x')} of x ${formatShape(x)}`,
  });
}

interface AxisOptions {
  readonly reach: number;
  readonly size: number;
  readonly stride: number;
  readonly dilation: number;
  readonly sides: Sides;
  /** Whether a stride beyond the kernel's reach counts in the result. */
  readonly fillsStride: boolean;
  readonly beyond: number | undefined;
}

function outputAxis(axis: AxisOptions): Axis {
  const { reach, size, stride, dilation, sides, fillsStride } = axis;
  const usual = fillsStride ? Math.max(stride - reach, 0) : sides === 'same' ? stride - 1 : 0;
  const { beyond = usual } = axis;
  if (beyond >= stride) {
    throw new OptionError({
      op: 'conv2dTranspose',
      expected: `outputPadding smaller than the stride, which is ${stride}`,
      received: `${beyond}`,
    });
  }
  const whole = (size - 1) * stride + reach;
  if (sides !== 'same') {
    const [before, after] = sides;
    return { stride, dilation, padding: sides, output: whole - before - after + beyond };
  }
  const output = (size - 1) * stride + 1 + beyond;
  const total = Math.max(whole - output, 0);
  const before = Math.floor(total / 2);
  return { stride, dilation, padding: [before, total - before], output };
}
