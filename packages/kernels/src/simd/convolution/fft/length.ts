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

/** The time that an element spends in a pass, that of radix 4 being 1: measured. */
const passCosts: Readonly<Record<Radix, number>> = { 2: 0.6, 3: 1, 4: 1, 5: 1.8 };

/** A length that transforms may have. */
export interface TransformLength {
  readonly length: number;
  /** The work of a transform for each element. */
  readonly cost: number;
}

const longest = 512;

let lengths: readonly TransformLength[] | undefined;

/** The lengths that transforms may have: products of 4, 2, 3 and 5 that contain 4, ascending. */
export function transformLengths(): readonly TransformLength[] {
  lengths ??= Array.from({ length: longest / 4 }, (_, i) => 4 * (i + 1)).flatMap((length) => {
    const radices = radicesOf(length);
    const product = radices.reduce<number>((product, radix) => product * radix, 1);
    const cost = radices.reduce<number>((sum, radix) => sum + passCosts[radix], 0);
    return product === length ? [{ length, cost }] : [];
  });
  return lengths;
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
