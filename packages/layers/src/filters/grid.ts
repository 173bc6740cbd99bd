import { fill, tensor, type Tensor } from '@gradus/tensor';
import { checkWhole, wrongOption } from '@gradus/tensor/options';

/** The height and width that no kernel exceeds: 16 million coefficients. */
const largest = 4095;

/**
 * A kernel [size, size] sampled from a function of x (to the right) and y (downwards), in pixels
 * from its centre; the centre of an even kernel lies between pixels.
 * @throws OptionError if `size` is not a whole number of at least `smallest`, or beyond all use.
 */
export function sampled(
  op: string,
  size: number,
  f: (x: number, y: number) => number,
  smallest = 1,
): Tensor<'float64'> {
  checkWhole(op, { size }, smallest);
  if (size > largest) throw wrongOption(op, `size to be at most ${largest}`, size);
  const centre = (size - 1) / 2;
  return fill(
    [size, size],
    (i) => f((i % size) - centre, Math.floor(i / size) - centre),
    'float64',
  );
}

/** A kernel as float32, every coefficient divided by `scale`. */
export function scaledBy(kernel: Tensor<'float64'>, scale: number): Tensor {
  return tensor(
    Float32Array.from(kernel.data, (value) => value / scale),
    kernel.shape,
  );
}

/**
 * Checks that a length or width is a positive number.
 * @throws OptionError naming it if it is not.
 */
export function checkPositive(op: string, name: string, value: number): void {
  if (Number.isFinite(value) && value > 0) return;
  throw wrongOption(op, `${name} to be above 0`, value);
}

/**
 * Checks that an angle is a number.
 * @throws OptionError naming it if it is not.
 */
export function checkFinite(op: string, name: string, value: number): void {
  if (Number.isFinite(value)) return;
  throw wrongOption(op, `${name} to be a finite number`, value);
}
