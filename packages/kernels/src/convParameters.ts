import { rowMajor, windowOn, type View } from '@gradus/tensor';
import type { ConvGeometry } from './convGeometry';

/*
 * A bias is the weight of an input that is always 1. So what a convolution has to learn is one matrix,
 * [taps + 1, filters] with taps = height * width * channels / groups: the filter row by row, and the
 * bias as the last row.
 */

/** The shape of the matrix of a filter and a bias: [taps + 1, filters]. */
export function convParametersShape(geometry: ConvGeometry): [rows: number, filters: number] {
  const [height, width, channels, filters] = filterShape(geometry);
  return [height * width * channels + 1, filters];
}

/** The filter and the bias in such a matrix, row-major. */
export function convParametersOf(
  matrix: View,
  geometry: ConvGeometry,
): { readonly filter: View; readonly bias: View } {
  const [rows, filters] = convParametersShape(geometry);
  const { offset } = matrix;
  return {
    filter: windowOn(matrix, { ...rowMajor(filterShape(geometry)), offset }),
    bias: windowOn(matrix, { ...rowMajor([filters]), offset: offset + (rows - 1) * filters }),
  };
}

function filterShape({ filter, input, output, groups }: ConvGeometry) {
  return [filter.height, filter.width, input.channels / groups, output.channels] as const;
}
