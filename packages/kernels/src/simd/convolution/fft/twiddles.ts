import { defineFunction, f32, v128, type Local, type WasmFunction } from '../../wasm';
import { butterflyConstants } from './butterfly';
import type { Complex } from './complex';
import { passesOf, type Pass } from './length';

/*
 * The table of a length: the constants of the butterflies, then the twiddle factors pass by pass. A pass
 * has (radix - 1) * step of them, which is by how much it shortens the signals. So from the first pass
 * on to signals of length n there are as many as the whole length is more than n.
 */

const constantsBytes = 4 * butterflyConstants.length;

/** Bytes of the table for signals of a length. */
export function twiddleBytes(length: number): number {
  return constantsBytes + 8 * (length - 1);
}

/** Where in the table the factors of a pass begin. */
export function twiddleOffset(length: number, { radix, step }: Pass): number {
  return constantsBytes + 8 * (length - radix * step);
}

/** The factor of element i > 0 of a butterfly, for all four signals. */
export function loadTwiddle(factors: Local<'i32'>, i: number): Complex {
  const offset = 8 * (i - 1);
  return { re: v128.load32Splat(factors, offset), im: v128.load32Splat(factors, offset + 4) };
}

/**
 * `writeTwiddles(to)`: the table for signals of a length. The factors are exp(-2 pi i j p / (radix step)),
 * for each j < step those of the elements p = 1, 2, ... of a butterfly. They are computed in double
 * precision, here, and become constants of the function.
 */
export function twiddlesKernel(length: number): WasmFunction {
  const angles = passesOf(length).flatMap(({ radix, step }) =>
    Array.from({ length: step }, (_, j) =>
      Array.from({ length: radix - 1 }, (_, i) => (-2 * Math.PI * j * (i + 1)) / (radix * step)),
    ).flat(),
  );
  const factors = angles.flatMap((angle) => [Math.cos(angle), Math.sin(angle)]);
  return defineFunction('writeTwiddles', { to: 'i32' }, ({ to }) =>
    [...butterflyConstants, ...factors].map((value, i) => f32.store(to, f32.const(value), 4 * i)),
  );
}
