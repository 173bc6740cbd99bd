import type { Shape } from '@gradus/tensor';
import { composeOp } from '../../composeOp';
import { callOptions } from '../checks/callOptions';
import { conv2d } from './convolution';
import { convolutionWindows, type ConvolutionOptions } from './convolutionWindows';
import { im2col } from './im2col';
import { reshape, transpose } from '../shapes/shape';
import { shapeWord } from '../shapeWord';
import { imageOptions, noAxis, type WindowsAlong } from './windows';

type FiveSizes = [number, number, number, number, number];

const legal: readonly (readonly [x: Shape, filter: Shape, options?: ConvolutionOptions])[] = [
  [
    [2, 3, 3, 2, 1],
    [2, 3, 1, 1, 2],
  ],
  [[1, 4, 2, 3, 1], [2, 2, 3, 1, 2], { padding: 'same', strides: [2, 1, 2] }],
  [[1, 5, 3, 1, 1], [3, 2, 1, 1, 1], { dilations: [2, 1, 3] }],
  [
    [1, 2, 3, 2, 4],
    [2, 1, 2, 2, 2],
    {
      groups: 2,
      padding: [
        [1, 0],
        [0, 2],
        [1, 1],
      ],
    },
  ],
];

/**
 * The cross-correlation (the filter is not flipped) of volumes x [batch, depth, height, width,
 * channels] with a filter [depth, height, width, channels / groups, filters], giving [batch, depth,
 * height, width, filters]. The slices that a filter sees along the depth are laid beside each other
 * as channels, and convolved as images: x is held as often as the filter is deep.
 * @throws ShapeError if ranks or channels do not fit, or the filter is larger than the padded x.
 * @throws OptionError if an option is out of range.
 */
export const conv3d = composeOp({
  name: 'conv3d',
  inputs: ['x', 'filter'],
  compute({ x, filter }, given: ConvolutionOptions | undefined) {
    const options = callOptions('conv3d', given);
    const { windows, groups } = convolutionWindows(
      'conv3d',
      { x: x.shape, filter: filter.shape },
      options,
      3,
    );
    const [along, vertical, horizontal] = windows as [WindowsAlong, WindowsAlong, WindowsAlong];
    const [batch, depth, height, width, channels] = x.shape as FiveSizes;
    const [taps, filterHeight, filterWidth, perGroup, filters] = filter.shape as FiveSizes;
    // Channels of one group are to stay together, so each group of each pixel is taken for a pixel.
    const beside = im2col(reshape(x, [batch, depth, height * width * groups, perGroup]), {
      ...imageOptions(along, noAxis, options.padding),
      kernelSize: [taps, 1],
    });
    const images = reshape(beside, [batch * along.output, height, width, channels * taps]);
    const flat = reshape(transpose(filter, [1, 2, 0, 3, 4]), [
      filterHeight,
      filterWidth,
      taps * perGroup,
      filters,
    ]);
    const result = conv2d(images, flat, {
      ...imageOptions(vertical, horizontal, options.padding),
      groups,
    });
    return reshape(result, [batch, along.output, vertical.output, horizontal.output, filters]);
  },
  samples: legal.map(([x, filter, options]) => ({
    inputs: { x: shapeWord(x), filter: shapeWord(filter) },
    ...(options && { attributes: options }),
  })),
});
