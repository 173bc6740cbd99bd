import type { Random } from '@gradus/tensor';

/**
 * Brings a stream into random order by keeping some of it back: once the buffer is full, each
 * newcomer takes the place of a kept one, drawn at random, which leaves. A buffer that holds the
 * whole stream gives every order with the same probability; a small one only mixes neighbours.
 */
export class ShuffleBuffer<T> {
  private readonly kept: T[] = [];

  /** @param capacity how many are kept back, at least 1; may be Infinity. */
  constructor(
    private readonly capacity: number,
    private readonly random: Random,
  ) {}

  get isFull(): boolean {
    return this.kept.length >= this.capacity;
  }

  /** Keeps another one, as long as there is room. */
  add(newcomer: T): void {
    this.kept.push(newcomer);
  }

  /** The one that leaves a full buffer for a newcomer. */
  exchange(newcomer: T): T {
    const place = this.random.integer(this.kept.length);
    const leaving = this.kept[place]!;
    this.kept[place] = newcomer;
    return leaving;
  }

  /** At the end of the stream: what is left, in random order. */
  *rest(): Generator<T, void, undefined> {
    for (const place of this.random.permutation(this.kept.length)) yield this.kept[place]!;
  }
}
