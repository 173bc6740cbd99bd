import { OptionError } from './errors';

/**
 * A stream of random numbers that depends on nothing but its seed and name: the same on every
 * machine and every run. The generator is xoshiro128** 1.1 (D. Blackman, S. Vigna, "Scrambled
 * linear pseudorandom number generators", ACM TOMS 47(4), 2021).
 *
 * One seed drives everything: `split(name)` gives a stream of its own to each part of a program,
 * so that drawing more numbers in one place never changes another.
 */
export class Random {
  /** Made when the first number is drawn: many streams are only split further. */
  private state: Uint32Array | undefined;

  /**
   * @param seed a whole number, which may be negative, below 2^53 in magnitude.
   * @param path the names by which this stream was split off.
   * @throws OptionError if the seed is not such a number.
   */
  constructor(
    readonly seed: number,
    readonly path = '',
  ) {
    requireWhole('Random', 'seed', seed, [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER]);
  }

  /**
   * An independent stream for the part called `name`, the same however much was drawn from this one,
   * which does not move. `split('a/b')` is `split('a').split('b')`.
   */
  split(name: string | number): Random {
    return new Random(this.seed, `${this.path}/${name}`);
  }

  /** 32 random bits as a whole number from 0 to 2^32 - 1. */
  bits(): number {
    const s = (this.state ??= initialState(this.seed, this.path));
    const [a, b, c, d] = [s[0]!, s[1]!, s[2]!, s[3]!];
    const result = Math.imul(rotateLeft(Math.imul(b, 5), 7), 9) >>> 0;
    const mixed = c ^ a;
    const last = d ^ b;
    s[1] = b ^ mixed;
    s[0] = a ^ last;
    s[2] = mixed ^ (b << 9);
    s[3] = rotateLeft(last, 11);
    return result;
  }

  /**
   * A number from `low` (included) to `high` (excluded; for bounds other than 0 and 1, rounding may
   * reach it), drawn from 2^53 equally likely ones.
   */
  uniform(low = 0, high = 1): number {
    const fraction = ((this.bits() >>> 5) * 2 ** 26 + (this.bits() >>> 6)) * 2 ** -53;
    return low + (high - low) * fraction;
  }

  /**
   * A whole number from 0 to `bound - 1`, each equally likely.
   * @throws OptionError if `bound` is not a whole number from 1 to 2^32.
   */
  integer(bound: number): number {
    requireWhole('integer', 'bound', bound, [1, 2 ** 32]);
    // Values from `limit` on would favour small remainders.
    const limit = 2 ** 32 - (2 ** 32 % bound);
    for (;;) {
      const bits = this.bits();
      if (bits < limit) return bits % bound;
    }
  }

  /**
   * A number from the normal distribution, by the polar method (G. Marsaglia, T. A. Bray, SIAM
   * Review 6, 1964). Its last bit depends on the host's `Math.log`.
   */
  normal(mean = 0, standardDeviation = 1): number {
    for (;;) {
      const u = this.uniform(-1, 1);
      const v = this.uniform(-1, 1);
      const s = u * u + v * v;
      if (s > 0 && s < 1) return mean + standardDeviation * u * Math.sqrt((-2 * Math.log(s)) / s);
    }
  }

  /** A normal number drawn again until it lies within two standard deviations of the mean. */
  truncatedNormal(mean = 0, standardDeviation = 1): number {
    for (;;) {
      const value = this.normal();
      if (Math.abs(value) <= 2) return mean + standardDeviation * value;
    }
  }

  /**
   * The numbers 0 to `length - 1` in random order (Fisher and Yates; Durstenfeld 1964).
   * @throws OptionError if `length` is not a whole number from 0 to 2^31.
   */
  permutation(length: number): Int32Array {
    requireWhole('permutation', 'length', length, [0, 2 ** 31]);
    const order = Int32Array.from({ length }, (_, i) => i);
    for (let i = length - 1; i > 0; i--) {
      const j = this.integer(i + 1);
      const swapped = order[i]!;
      order[i] = order[j]!;
      order[j] = swapped;
    }
    return order;
  }
}

function requireWhole(
  op: string,
  name: string,
  value: number,
  [lowest, highest]: readonly [number, number],
): void {
  if (Number.isInteger(value) && value >= lowest && value <= highest) return;
  throw new OptionError({
    op,
    expected: `${name} to be a whole number from ${lowest} to ${highest}`,
    received: `${value}`,
  });
}

function rotateLeft(x: number, by: number): number {
  return (x << by) | (x >>> (32 - by));
}

/**
 * Four words from a seed and a name. Each is a hash of its own: from a different start for each,
 * every word of the seed and every UTF-16 unit of the name is stirred in. For one input, stirring is
 * one-to-one, so the four words differ, and the state is never all zero, where the generator would
 * stay.
 */
function initialState(seed: number, path: string): Uint32Array {
  return Uint32Array.from({ length: 4 }, (_, lane) => {
    let word = stir(Math.imul(lane + 1, 0x9e3779b9));
    word = stir(word ^ seed);
    word = stir(word ^ Math.floor(seed / 2 ** 32));
    for (let i = 0; i < path.length; i++) word = stir(word ^ path.charCodeAt(i));
    return word;
  });
}

/** The finaliser of MurmurHash3 (A. Appleby): one-to-one, and every bit reaches every other. */
function stir(word: number): number {
  let h = word;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}
