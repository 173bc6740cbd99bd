import { fill, zeros, type FloatDType, type Shape, type Tensor } from '@gradus/tensor';
import { indicesOf } from '@gradus/tensor/testing';

/**
 * The filter that does what u and then v do: their full convolution,
 * w[k, l, c, f] = sum over m, i + i' = k and j + j' = l of u[i, j, c, m] v[i', j', m, f].
 */
export function composedFilter(u: Tensor, v: Tensor): Tensor {
  const [height, width, channels, between] = u.shape as [number, number, number, number];
  const [nextHeight, nextWidth, , filters] = v.shape as [number, number, number, number];
  const shape = [height + nextHeight - 1, width + nextWidth - 1, channels, filters];
  const taps = indicesOf([nextHeight, nextWidth, between]);
  const sums = indicesOf(shape).map(([k, l, c, f]) =>
    taps.reduce((sum, [i, j, m]) => {
      const [row, column] = [k! - i!, l! - j!];
      if (row < 0 || row >= height || column < 0 || column >= width) return sum;
      return sum + u.at(row, column, c!, m!) * v.at(i!, j!, m!, f!);
    }, 0),
  );
  return fill(shape, (n) => sums[n]!, u.dtype);
}

/** One filter for each channel, and then a mixture of the channels: an outer product, as one filter. */
export function outerProduct(depthwise: Tensor, pointwise: Tensor): Tensor {
  const [height, width, , channels] = depthwise.shape as [number, number, number, number];
  const shape = [height, width, channels, pointwise.shape[3]!];
  const products = indicesOf(shape).map(
    ([k, l, c, f]) => depthwise.at(k!, l!, 0, c!) * pointwise.at(0, 0, c!, f!),
  );
  return fill(shape, (n) => products[n]!, depthwise.dtype);
}

/** The filter [height, width, channels / groups, channels] that takes of each channel the pixel at one tap. */
export function deltaFilter(
  shape: Shape,
  [row, column]: readonly [number, number],
  dtype: FloatDType,
): Tensor {
  const [, , channels, filters] = shape as [number, number, number, number];
  const delta = zeros(shape, dtype);
  for (let f = 0; f < filters; f++) {
    const entry = ((row * shape[1]! + column) * channels + (f % channels)) * filters + f;
    delta.data[entry] = 1;
  }
  return delta;
}
