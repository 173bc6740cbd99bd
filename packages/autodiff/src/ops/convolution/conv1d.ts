import type { Shape } from '@gradus/tensor';
import { composeOp } from '../../composeOp';
import { callOptions } from '../checks/callOptions';
import { conv2d } from './convolution';
import { convolutionWindows, type ConvolutionOptions } from './convolutionWindows';
import { reshape } from '../shapes/shape';
import { shapeWord } from '../shapeWord';
import { imageOptions, noAxis } from './windows';

const legal: readonly (readonly [x: Shape, filter: Shape, options?: ConvolutionOptions])[] = [
  [
    [2, 5, 2],
    [3, 2, 3],
  ],
  [[1, 6, 2], [2, 2, 1], { padding: 'same', strides: 2 }],
  [[2, 7, 1], [3, 1, 2], { padding: 'same', dilations: 2, strides: 3 }],
  [[1, 5, 4], [2, 2, 2], { padding: [[2, 1]], groups: 2 }],
  [[1, 1, 2], [3, 2, 1], { padding: 1 }],
];

/**
 * The cross-correlation (the filter is not flipped) of sequences x [batch, length, channels] with a
 * filter [size, channels / groups, filters], giving [batch, length, filters]. In `strides`,
 * `padding` and `dilations` there is one spatial axis; a pair of padding is `[[before, after]]`.
 * @throws ShapeError if ranks or channels do not fit, or the filter is longer than the padded x.
 * @throws OptionError if an option is out of range.
 */
export const conv1d = composeOp({
  name: 'conv1d',
  inputs: ['x', 'filter'],
  compute({ x, filter }, given: ConvolutionOptions | undefined) {
    const options = callOptions('conv1d', given);
    const { windows, groups } = convolutionWindows(
      'conv1d',
      { x: x.shape, filter: filter.shape },
      options,
      1,
    );
    const along = windows[0]!;
    const [batch, length, channels] = x.shape as [number, number, number];
    const image = reshape(x, [batch, 1, length, channels]);
    const result = conv2d(image, reshape(filter, [1, ...filter.shape]), {
      ...imageOptions(noAxis, along, options.padding),
      groups,
    });
    return reshape(result, [batch, along.output, filter.shape[2]!]);
  },
  samples: legal.map(([x, filter, options]) => ({
    inputs: { x: shapeWord(x), filter: shapeWord(filter) },
    ...(options && { attributes: options }),
  })),
});
