import { newTypedArray, rowMajor, sizeOf, type View } from '@gradus/tensor';
import { effectiveKernelSize, type ConvGeometry } from '../convGeometry';
import { copy } from './elementwise';

/**
 * The filter of the convolution that is the adjoint of another one of stride 1: rotated by half a
 * turn, with input and output channels exchanged within each group. A contiguous copy of shape
 * [filterHeight, filterWidth, outChannels / groups, inChannels].
 */
export function rotatedFilter(filter: View, { input, output, groups }: ConvGeometry): View {
  const [height, width, channels] = filter.shape as [number, number, number];
  const filters = output.channels / groups;
  const [row, column, inChannel, outChannel] = filter.strides as [number, number, number, number];
  const data = newTypedArray('float64', sizeOf(filter.shape));
  const rotated: View = {
    dtype: 'float64',
    data,
    ...rowMajor([height, width, filters, input.channels]),
  };
  const shape = [height, width, filters, channels];
  const last = filter.offset + (height - 1) * row + (width - 1) * column;
  for (let group = 0; group < groups; group++) {
    const offset = last + group * filters * outChannel;
    const strides = [-row, -column, outChannel, inChannel];
    copy(
      { dtype: filter.dtype, data: filter.data, shape, strides, offset },
      { ...rotated, shape, offset: group * channels },
    );
  }
  return rotated;
}

/** The geometry of that convolution, from dy to x. Its padding may be negative: dy is then cut. */
export function adjointGeometry(geometry: ConvGeometry): ConvGeometry {
  const { input, output, filter, dilations, padding } = geometry;
  const vertical = effectiveKernelSize(filter.height, dilations.vertical) - 1;
  const horizontal = effectiveKernelSize(filter.width, dilations.horizontal) - 1;
  return {
    ...geometry,
    input: output,
    output: input,
    padding: {
      top: vertical - padding.top,
      bottom: vertical - padding.bottom,
      left: horizontal - padding.left,
      right: horizontal - padding.right,
    },
  };
}
