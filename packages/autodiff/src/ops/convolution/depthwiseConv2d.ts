import { formatShape, ShapeError, type Shape, type Tensor } from '@gradus/tensor';
import { composeOp } from '../../composeOp';
import { callOptions } from '../checks/callOptions';
import { conv2d } from './convolution';
import { checkFilter, checkRank } from './convolutionWindows';
import { roomFor } from '../checks/roomFor';
import { reshape } from '../shapes/shape';
import { shapeWord } from '../shapeWord';
import { imageOptions, windowsOn, type WindowsAlong, type WindowsOptions } from './windows';

const legal: readonly (readonly [x: Shape, filter: Shape, options?: WindowsOptions])[] = [
  [
    [2, 3, 4, 2],
    [2, 3, 2, 1],
  ],
  [[1, 4, 3, 2], [2, 3, 2, 3], { padding: 'same', strides: 2 }],
  [[1, 4, 3, 2], [2, 2, 2, 2], { padding: 1, dilations: [2, 1], strides: [1, 2] }],
];

/**
 * A convolution of each channel of x [batch, height, width, channels] by itself, with a filter
 * [height, width, channels, multiplier]; channel c of x gives the channels c * multiplier + m of
 * the result [batch, outHeight, outWidth, channels * multiplier].
 * @throws ShapeError if ranks or channels do not fit, or the filter is larger than the padded
 * image.
 * @throws OptionError if an option is out of range.
 */
export const depthwiseConv2d = composeOp({
  name: 'depthwiseConv2d',
  inputs: ['x', 'filter'],
  compute: ({ x, filter }, options: WindowsOptions | undefined) =>
    depthwise('depthwiseConv2d', x, filter, options),
  samples: legal.map(([x, filter, options]) => ({
    inputs: { x: shapeWord(x), filter: shapeWord(filter) },
    ...(options && { attributes: options }),
  })),
});

/**
 * `depthwiseConv2d` with its options, which looks at the image, and then a convolution of single
 * pixels, which mixes its channels: x [batch, height, width, channels], depthwiseFilter [height,
 * width, channels, multiplier] and pointwiseFilter [1, 1, channels * multiplier, filters] give
 * [batch, outHeight, outWidth, filters]. L. Sifre, "Rigid-motion scattering for image
 * classification", 2014, chapter 6.
 * @throws ShapeError if ranks or channels do not fit, or the filter is larger than the padded
 * image.
 * @throws OptionError if an option is out of range.
 */
export const separableConv2d = composeOp({
  name: 'separableConv2d',
  inputs: ['x', 'depthwiseFilter', 'pointwiseFilter'],
  compute({ x, depthwiseFilter, pointwiseFilter }, options: WindowsOptions | undefined) {
    const op = 'separableConv2d';
    const between = depthwise(op, x, depthwiseFilter, options);
    const [, height, width, channels] = between.shape as [number, number, number, number];
    const { shape } = pointwiseFilter;
    if (shape.length !== 4 || shape[0] !== 1 || shape[1] !== 1 || shape[2] !== channels) {
      throw new ShapeError({
        op,
        expected: `a pointwiseFilter [1, 1, ${channels}, filters]`,
        received: formatShape(shape),
        hint: `The depthwise filter ${formatShape(depthwiseFilter.shape)} gives ${channels} channels.`,
      });
    }
    const filters = shape[3]!;
    roomFor(op, [x.shape[0]!, height, width, filters]);
    return conv2d(between, pointwiseFilter, { padding: 'same' });
  },
  samples: legal.map(([x, filter, options]) => ({
    inputs: {
      x: shapeWord(x),
      depthwiseFilter: shapeWord(filter),
      pointwiseFilter: shapeWord([1, 1, filter[2]! * filter[3]!, 2]),
    },
    ...(options && { attributes: options }),
  })),
});

/** A convolution with a group for each channel, in the name of `op`. */
function depthwise(
  op: string,
  x: Tensor,
  filter: Tensor,
  given: WindowsOptions | undefined,
): Tensor {
  const options = callOptions(op, given);
  checkRank(op, x.shape, 2);
  checkFilter(op, filter.shape, { axes: 'height, width, channels, multiplier', spatialAxes: 2 });
  const [height, width, channels, multiplier] = filter.shape as [number, number, number, number];
  if (x.shape[3] !== channels || channels === 0) {
    throw new ShapeError({
      op,
      expected: `x [batch, height, width, ${channels || 'channels'}]`,
      received: formatShape(x.shape),
      hint: `The last axis is ${x.shape[3]}, and the filter ${formatShape(filter.shape)} is for ${channels} channels.`,
    });
  }
  const windows = windowsOn(op, x.shape, [height, width], options);
  const [vertical, horizontal] = windows as [WindowsAlong, WindowsAlong];
  const filters = channels * multiplier;
  roomFor(op, [x.shape[0]!, vertical.output, horizontal.output, filters]);
  return conv2d(x, reshape(filter, [height, width, 1, filters]), {
    ...imageOptions(vertical, horizontal, options.padding),
    groups: channels,
  });
}
