/** How many elements a butterfly combines. */
export type Radix = 2 | 3 | 4 | 5;

/**
 * One pass of a transform. A signal of `radix * step * blocks` elements consists of blocks; in each,
 * butterflies combine elements that are `step` apart.
 */
export interface Pass {
  readonly radix: Radix;
  readonly step: number;
  readonly blocks: number;
}

/**
 * The passes of a transform of decimation in frequency: each splits the signals that the one before
 * left into `radix` shorter ones. The last has radix 4, neighbouring elements and no twiddle factors,
 * so that it can be done on the way to or from rows of four columns.
 */
export function passesOf(length: number): Pass[] {
  const passes: Pass[] = [];
  let step = length;
  for (const radix of radicesOf(length)) {
    step /= radix;
    passes.push({ radix, step, blocks: length / (radix * step) });
  }
  return passes;
}

/** Nanoseconds for each element and pass, relative to radix 4: measured. */
const passCosts: Readonly<Record<Radix, number>> = { 2: 0.8, 3: 1, 4: 1, 5: 1.4 };

/** The work of one transform, in elements that go through a pass of radix 4. */
export function transformCost(length: number): number {
  return radicesOf(length).reduce<number>((sum, radix) => sum + length * passCosts[radix], 0);
}

/** The lengths that transforms may have: products of 4, 2, 3 and 5 that contain 4, ascending. */
export const lengths: readonly number[] = lengthsUpTo(1024);

function lengthsUpTo(longest: number): number[] {
  return Array.from({ length: longest / 4 }, (_, i) => 4 * (i + 1)).filter((length) => {
    const radices = radicesOf(length);
    return radices.reduce<number>((product, radix) => product * radix, 1) === length;
  });
}

/** The radices, whose product is the length if there are enough of them. */
function radicesOf(length: number): Radix[] {
  let rest = length / 4;
  const radices: Radix[] = [];
  for (const radix of [5, 3, 4, 2] as const) {
    while (rest % radix === 0) {
      radices.push(radix);
      rest /= radix;
    }
  }
  return [...radices, 4];
}
