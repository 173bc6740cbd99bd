/**
 * Working memory of one kernel, kept from call to call, since allocating and clearing it each time
 * costs more than many a small kernel itself. What it holds between calls is not specified.
 */
export class Scratch {
  private array = new Float64Array(0);

  /** An array of at least `size` numbers that holds anything. */
  atLeast(size: number): Float64Array {
    if (this.array.length < size) this.array = new Float64Array(size);
    return this.array;
  }

  /** An array of at least `size` numbers, the first `size` of which are 0. */
  zeros(size: number): Float64Array {
    return this.atLeast(size).fill(0, 0, size);
  }
}
