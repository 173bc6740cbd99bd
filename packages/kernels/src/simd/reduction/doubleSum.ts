import {
  f32x4,
  f64x2,
  makeLocals,
  set,
  type Body,
  type Expression,
  type Local,
  type MakeLocal,
} from '../wasm';

/**
 * How many numbers are added up in single precision before their sum is added to one in double
 * precision. Only they bring rounding errors that matter, so the error of a sum does not grow with its
 * length: it is at most (n + 8) 2^-24 of the sum of magnitudes for blocks of n, that is 2.4e-6, in
 * each pass over the numbers (N. J. Higham, "Accuracy and Stability of Numerical Algorithms", 2nd
 * edition, section 4.2). Sums of a block must stay within the range of float32.
 */
export const blockLength = 32;

/** Four sums in double precision, as two vectors. */
export class DoubleSum {
  private readonly halves: readonly [Local<'v128'>, Local<'v128'>];

  constructor(local: MakeLocal, name: string) {
    this.halves = makeLocals(local, 'v128', name, 2) as [Local<'v128'>, Local<'v128'>];
  }

  begin(): Body {
    return this.halves.map((half) => set(half, f32x4.const(0)));
  }

  /** Adds four numbers of single precision, one to each sum. */
  add(numbers: Local<'v128'>): Body {
    const [low, high] = this.halves;
    const upper = f32x4.shuffle(numbers, numbers, [2, 3, 2, 3]);
    return [
      set(low, f64x2.add(low, f64x2.promoteLow(numbers))),
      set(high, f64x2.add(high, f64x2.promoteLow(upper))),
    ];
  }

  /** The four sums, rounded. */
  rounded(): Expression<'v128'> {
    const [low, high] = this.halves;
    return f32x4.shuffle(f32x4.demote(low), f32x4.demote(high), [0, 1, 4, 5]);
  }

  /** The sum of all four, rounded, in the first lane. */
  roundedTotal(): Expression<'v128'> {
    const [low, high] = this.halves;
    const both = f64x2.add(low, high);
    // Lanes 2 and 3 are the bits of the second number.
    return f32x4.demote(f64x2.add(both, f32x4.shuffle(both, both, [2, 3, 2, 3])));
  }
}

/** Adds up vectors of sums, in pairs, into the first of them. */
export function addInPairs(sums: readonly Local<'v128'>[]): Body {
  const half = Math.ceil(sums.length / 2);
  if (half === sums.length) return [];
  const pairs = sums.slice(half).map((sum, i) => set(sums[i]!, f32x4.add(sums[i]!, sum)));
  return [pairs, addInPairs(sums.slice(0, half))];
}

/** Sets all of them to 0. */
export function clear(sums: readonly Local<'v128'>[]): Body {
  return sums.map((sum) => set(sum, f32x4.const(0)));
}
