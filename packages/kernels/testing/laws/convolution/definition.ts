import { zeros, type Shape, type Tensor } from '@gradus/tensor';
import type { ConvolutionSettings } from './implementation';

/** Where the windows of a filter lie along one axis of an image. */
export interface Windows {
  /** Zeros before the first pixel. */
  readonly before: number;
  /** Zeros after the last pixel. */
  readonly after: number;
  /** How many windows there are. */
  readonly count: number;
}

/**
 * The windows along the vertical (0) or the horizontal axis (1). A kernel of k taps that are d pixels
 * apart spans k' = (k - 1) d + 1 pixels. `'same'` makes ceil(n / s) windows of n pixels, with
 * max((count - 1) s + k' - n, 0) zeros, an odd one after the image; otherwise there are
 * floor((n + padding - k') / s) + 1.
 */
export function windowsAlong(
  axis: 0 | 1,
  x: Shape,
  filter: Shape,
  { strides, dilations, padding }: ConvolutionSettings,
): Windows {
  const size = x[1 + axis]!;
  const stride = strides[axis];
  const span = (filter[axis]! - 1) * dilations[axis] + 1;
  if (padding === 'same') {
    const count = Math.ceil(size / stride);
    const total = Math.max((count - 1) * stride + span - size, 0);
    return { before: Math.floor(total / 2), after: Math.ceil(total / 2), count };
  }
  const [before, after] = padding === 'valid' ? [0, 0] : padding[axis];
  return { before, after, count: Math.floor((size + before + after - span) / stride) + 1 };
}

/** The zeros around an image, as pairs. */
export function paddingAround(
  x: Shape,
  filter: Shape,
  settings: ConvolutionSettings,
): readonly [readonly [top: number, bottom: number], readonly [left: number, right: number]] {
  const vertical = windowsAlong(0, x, filter, settings);
  const horizontal = windowsAlong(1, x, filter, settings);
  return [
    [vertical.before, vertical.after],
    [horizontal.before, horizontal.after],
  ];
}

/** The shape of the result of a convolution. */
export function resultShape(x: Shape, filter: Shape, settings: ConvolutionSettings): Shape {
  const rows = windowsAlong(0, x, filter, settings).count;
  const columns = windowsAlong(1, x, filter, settings).count;
  return [x[0]!, rows, columns, filter[3]!];
}

/**
 * The convolution as networks define it, a cross-correlation, in double precision: with zeros outside
 * the image, strides s, dilations d and p zeros before the image,
 * y[n, i, j, f] = sum over k, l, c of x[n, i s - p + k d, j s - p + l d, c] filter[k, l, c, f], where c
 * runs over the channels of the group of f. I. Goodfellow, Y. Bengio, A. Courville, "Deep Learning",
 * 2016, section 9.1, equation 9.6, and section 9.5.
 */
export function convolutionByDefinition(
  x: Tensor,
  filter: Tensor,
  settings: ConvolutionSettings,
): Tensor<'float64'> {
  const y = zeros(resultShape(x.shape, filter.shape, settings), 'float64');
  const [batch, rows, columns, filters] = y.shape as [number, number, number, number];
  const pixel = windowSum(x, filter, settings);
  let next = 0;
  for (let n = 0; n < batch; n++)
    for (let i = 0; i < rows; i++)
      for (let j = 0; j < columns; j++)
        for (let f = 0; f < filters; f++) y.data[next++] = pixel(n, i, j, f);
  return y;
}

/** One number of the result. */
function windowSum(x: Tensor, filter: Tensor, settings: ConvolutionSettings) {
  const { strides, dilations, groups } = settings;
  const [, height, width, inputs] = x.shape as [number, number, number, number];
  const [taps, tapsAcross, channels, filters] = filter.shape as [number, number, number, number];
  const [[top], [left]] = paddingAround(x.shape, filter.shape, settings);
  const [images, weights] = [x.toTypedArray(), filter.toTypedArray()];
  return (n: number, i: number, j: number, f: number): number => {
    const firstChannel = Math.floor(f / (filters / groups)) * channels;
    let sum = 0;
    for (let k = 0; k < taps; k++) {
      const row = i * strides[0] - top + k * dilations[0];
      if (row < 0 || row >= height) continue;
      for (let l = 0; l < tapsAcross; l++) {
        const column = j * strides[1] - left + l * dilations[1];
        if (column < 0 || column >= width) continue;
        const pixel = ((n * height + row) * width + column) * inputs + firstChannel;
        const tap = (k * tapsAcross + l) * channels;
        for (let c = 0; c < channels; c++) {
          sum += images[pixel + c]! * weights[(tap + c) * filters + f]!;
        }
      }
    }
    return sum;
  };
}
