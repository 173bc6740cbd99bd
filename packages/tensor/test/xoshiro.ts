/**
 * xoshiro128** 1.1 and the seeding of `Random`, written down once more from their descriptions, in
 * whole numbers of any size: slow, and independent of what they check.
 */
const mask = 2n ** 32n - 1n;

/** The first `count` outputs from a state of four words (https://prng.di.unimi.it/xoshiro128starstar.c). */
export function xoshiro(state: readonly bigint[], count: number): number[] {
  const rotate = (x: bigint, by: bigint): bigint => ((x << by) | (x >> (32n - by))) & mask;
  const s = [...state] as [bigint, bigint, bigint, bigint];
  return Array.from({ length: count }, () => {
    const result = (rotate((s[1] * 5n) & mask, 7n) * 9n) & mask;
    const shifted = (s[1] << 9n) & mask;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= shifted;
    s[3] = rotate(s[3], 11n);
    return Number(result);
  });
}

/** The 32-bit finaliser of MurmurHash3 (https://github.com/aappleby/smhasher, `fmix32`). */
export function murmurFinaliser(word: bigint): bigint {
  let h = word & mask;
  h = ((h ^ (h >> 16n)) * 0x85ebca6bn) & mask;
  h = ((h ^ (h >> 13n)) * 0xc2b2ae35n) & mask;
  return h ^ (h >> 16n);
}

/** The state that `Random` starts from: seed and name, word by word, into four hashes. */
export function seededState(seed: bigint, path: string): bigint[] {
  const low = seed & mask;
  const high = (seed >> 32n) & mask;
  const units = Array.from({ length: path.length }, (_, i) => BigInt(path.charCodeAt(i)));
  return [1n, 2n, 3n, 4n].map((lane) =>
    [low, high, ...units].reduce(
      (hash, word) => murmurFinaliser(hash ^ word),
      murmurFinaliser(lane * 0x9e3779b9n),
    ),
  );
}
