import { f32x4, v128, type Expression, type Local } from './wasm';

/** The larger of two numbers, NaN if one is: `pmax` alone gives its first operand then. */
export function larger(a: Local<'v128'>, b: Local<'v128'>): Expression<'v128'> {
  // All bits of the exponent are set in NaN, and others besides; so they are with more bits set.
  return v128.or(f32x4.pmax(a, b), f32x4.pmax(b, a));
}
