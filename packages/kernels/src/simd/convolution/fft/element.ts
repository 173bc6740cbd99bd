import { v128, type Body, type Local } from '../../wasm';
import type { Complex } from './complex';

/** Bytes of an element: the real parts of four signals, then their imaginary parts. */
export const elementBytes = 32;

/**
 * Which way a transform goes. Forward: from signals to spectra, whose frequencies stand in the order in
 * which decimation in frequency leaves them. Inverse: from such spectra to signals, times the length,
 * by decimation in time. So nothing is ever put in order: a product of spectra asks for none.
 */
export type Direction = 'forward' | 'inverse';

/**
 * Where the parts of a complex number lie in an element. With the parts exchanged, z is i times its
 * conjugate; so the same butterflies and twiddle factors do the inverse transform.
 */
export function partsOf(direction: Direction) {
  return direction === 'forward' ? { re: 0, im: 16 } : { re: 16, im: 0 };
}

/** Reads an element. */
export function loadElement(at: Local<'i32'>, direction: Direction, offset = 0): Complex {
  const { re, im } = partsOf(direction);
  return { re: v128.load(at, offset + re), im: v128.load(at, offset + im) };
}

/** Writes an element. */
export function storeElement(
  at: Local<'i32'>,
  value: Complex,
  direction: Direction,
  offset = 0,
): Body {
  const { re, im } = partsOf(direction);
  return [v128.store(at, value.re, offset + re), v128.store(at, value.im, offset + im)];
}
