import { DTypeError, tensor, type Tensor } from '@gradus/tensor';

/** What each pixel becomes; looking it up takes a third of the time of dividing it. */
const unitRange = Float32Array.from({ length: 256 }, (_, pixel) => pixel / 255);

/**
 * Pixels from 0 to 255 as float32 from 0 to 1, of the same shape: what networks like to be given.
 * @throws DTypeError if they are not bytes.
 */
export function toUnitRange(pixels: Tensor<'uint8'>): Tensor<'float32'> {
  const { dtype, shape }: Tensor = pixels;
  if (dtype !== 'uint8') {
    throw new DTypeError({ op: 'toUnitRange', expected: 'pixels of uint8', received: dtype });
  }
  const given = pixels.toTypedArray();
  const values = new Float32Array(given.length);
  for (let i = 0; i < values.length; i++) values[i] = unitRange[given[i]!]!;
  return tensor(values, shape);
}
