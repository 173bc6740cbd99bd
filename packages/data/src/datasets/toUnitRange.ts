import { tensor, type Tensor } from '@gradus/tensor';

/** Pixels from 0 to 255 as float32 from 0 to 1, of the same shape: what networks like to be given. */
export function toUnitRange(pixels: Tensor<'uint8'>): Tensor<'float32'> {
  return tensor(
    Float32Array.from(pixels.toTypedArray(), (value: number) => value / 255),
    pixels.shape,
  );
}
