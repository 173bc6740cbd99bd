import type { Expression, Instruction } from './program';
import { f32x4 } from './vectors';

type Vector = Expression<'v128'>;

/** c + a * b, rounded twice; in an engine with relaxed SIMD, once or twice as the machine likes. */
export function multiplyAdd(a: Vector, b: Vector, c: Vector): Instruction<'v128'> {
  return { ...f32x4.add(c, f32x4.mul(a, b)), relaxed: f32x4.relaxedMadd(a, b, c) };
}

/** c - a * b, rounded likewise. */
export function multiplySubtract(a: Vector, b: Vector, c: Vector): Instruction<'v128'> {
  return { ...f32x4.sub(c, f32x4.mul(a, b)), relaxed: f32x4.relaxedNmadd(a, b, c) };
}
