/** Where numbers lie on an axis that gives equal lengths to equal ratios. */
export class LogScale {
  /** @param pixels where the smallest and the largest number lie. */
  constructor(
    private readonly range: readonly [low: number, high: number],
    private readonly pixels: { readonly from: number; readonly to: number },
  ) {}

  /** In pixels, to a tenth. */
  position(value: number): number {
    const [low, high] = this.range;
    const { from, to } = this.pixels;
    const part = Math.log(value / low) / Math.log(high / low);
    return Math.round((from + part * (to - from)) * 10) / 10;
  }

  /** The numbers within the range that are 1, 2 or 5 times a power of ten. */
  ticks(): number[] {
    const [low, high] = this.range;
    const first = Math.floor(Math.log10(low));
    const powers = Array.from(
      { length: Math.ceil(Math.log10(high)) - first + 1 },
      (_, i) => first + i,
    );
    return powers
      .flatMap((power) => [1, 2, 5].map((digit) => Number(`${digit}e${power}`)))
      .filter((tick) => tick >= low && tick <= high);
  }
}
