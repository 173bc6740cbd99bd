import { fill, zeros, type Shape, type Tensor } from '@gradus/tensor';
import { concatenated, framed, taken } from '../../rearrange';
import { paddingAround, resultShape } from '../definition';
import type { ConvolutionSettings } from '../implementation';

/**
 * The numbers under a filter at each position, as the rows of a matrix, with zeros for the padding: of
 * x [batch, height, width, channels], [batch * outHeight * outWidth, filterHeight * filterWidth *
 * channels]. K. Chellapilla, S. Puri, P. Simard, "High Performance Convolutional Neural Networks for
 * Document Processing", 2006, section 3.
 */
export function patchMatrix(x: Tensor, filter: Shape, settings: ConvolutionSettings): Tensor {
  const { strides, dilations } = settings;
  const [taps, tapsAcross] = filter as [number, number];
  const channels = x.shape[3]!;
  const image = framed(x, paddingAround(x.shape, filter, settings));
  const [batch, rows, columns] = resultShape(x.shape, filter, settings) as [number, number, number];
  const width = taps * tapsAcross * channels;
  return fill(
    [batch * rows * columns, width],
    (n) => {
      const [position, tap] = [Math.floor(n / width), Math.floor((n % width) / channels)];
      const [pixel, column] = [Math.floor(position / columns), position % columns];
      return image.at(
        Math.floor(pixel / rows),
        (pixel % rows) * strides[0] + Math.floor(tap / tapsAcross) * dilations[0],
        column * strides[1] + (tap % tapsAcross) * dilations[1],
        n % channels,
      );
    },
    x.dtype,
  );
}

/**
 * The convolution as a product of matrices, in double precision: the patches of x by the filter, a row
 * for each tap and a column for each filter; group by group.
 */
export function convolutionByIm2col(
  x: Tensor,
  filter: Tensor,
  settings: ConvolutionSettings,
): Tensor {
  const { groups } = settings;
  const shape = resultShape(x.shape, filter.shape, settings);
  const [channels, filters] = [x.shape[3]! / groups, shape[3]! / groups];
  const ofGroup = (group: number): Tensor => {
    const images = taken(x, 3, sequence(group * channels, channels));
    const weights = taken(filter, 3, sequence(group * filters, filters));
    const product = matrixProduct(patchMatrix(images, weights.shape, settings), weights);
    return fill([...shape.slice(0, 3), filters], (n) => product.data[n]!, 'float64');
  };
  const [first, ...others] = sequence(0, groups).map(ofGroup);
  return concatenated([first!, ...others], 3);
}

/** The matrix a [m, k] by b, k rows of its last axis, in double precision. */
export function matrixProduct(a: Tensor, b: Tensor): Tensor<'float64'> {
  const [m, k] = a.shape as [number, number];
  const columns = b.shape.at(-1)!;
  const [left, right] = [a.toTypedArray(), b.toTypedArray()];
  const product = zeros([m, columns], 'float64');
  for (let i = 0; i < m; i++)
    for (let j = 0; j < columns; j++)
      for (let inner = 0; inner < k; inner++)
        product.data[i * columns + j]! += left[i * k + inner]! * right[inner * columns + j]!;
  return product;
}

function sequence(start: number, length: number): number[] {
  return Array.from({ length }, (_, i) => start + i);
}
