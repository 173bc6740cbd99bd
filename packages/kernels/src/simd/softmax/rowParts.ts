import { f32x4, i32x4, set, v128, type Body, type Expression, type Local } from '../wasm';

type Vector = Expression<'v128'>;

/**
 * The numbers of the last vector of a row, of which only the first `live` belong to the row; -Infinity
 * in place of the others does not change the maximum, and its power is 0.
 */
export function maskedVector(loaded: Vector, live: number): Vector {
  const lanes = [0, 1, 2, 3].map((lane) => (lane < live ? -1 : 0));
  const mask = i32x4.const(...(lanes as [number, number, number, number]));
  return v128.bitSelect(loaded, f32x4.const(-Infinity), mask);
}

/** The larger of two vectors that begin at -Infinity; numbers that are NaN are left out. */
export function setLarger(largest: Local<'v128'>, numbers: Vector): Body {
  return set(largest, f32x4.pmax(largest, numbers));
}

/** Makes the largest number of four all four of them. */
export function spreadLargest(largest: Local<'v128'>): Body {
  return [
    setLarger(largest, f32x4.shuffle(largest, largest, [2, 3, 0, 1])),
    setLarger(largest, f32x4.shuffle(largest, largest, [1, 0, 3, 2])),
  ];
}
