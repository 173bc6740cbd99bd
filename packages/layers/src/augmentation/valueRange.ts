import { tensor, typedArrayFrom, type Tensor } from '@gradus/tensor';
import { wrongOption } from '@gradus/tensor/options';

/** The numbers that pixels may be. */
export type ValueRange = readonly [lowest: number, highest: number];

/** @throws OptionError unless these are two numbers in ascending order. */
export function checkValueRange(op: string, range: ValueRange): ValueRange {
  const isPair = Array.isArray(range) && range.length === 2 && range.every(Number.isFinite);
  if (isPair && range[0] < range[1]) return range;
  throw wrongOption(op, 'valueRange to be [lowest, highest]', range);
}

/** One number for each picture of x [batch, height, width, channels], as it meets them. */
export function perPicture(x: Tensor, numbers: readonly number[]): Tensor {
  return tensor(typedArrayFrom(x.dtype, numbers), [numbers.length, 1, 1, 1]);
}
