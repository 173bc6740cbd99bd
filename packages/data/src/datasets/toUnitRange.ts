import { tensor, type Tensor } from '@gradus/tensor';

/** Pixels from 0 to 255 as float32 from 0 to 1, of the same shape: what networks like to be given. */
export function toUnitRange(pixels: Tensor<'uint8'>): Tensor<'float32'> {
  const values = Float32Array.from(pixels.toTypedArray());
  // Twenty times faster than a function given to `from`: the digits of MNIST are 47 million pixels.
  for (let i = 0; i < values.length; i++) values[i]! /= 255;
  return tensor(values, pixels.shape);
}
