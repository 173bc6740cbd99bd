/** What `makeSimd` may be asked for. */
export interface SimdOptions {
  /**
   * Whether convolutions are always sums of products. By default some are computed by transforms
   * where these are quicker (Winograd, FFT): these may be off by 1e-4 instead of 1e-5, relative to
   * the largest number of the result, and may turn an infinity into NaN, also at other pixels of the
   * same image. Default false.
   */
  readonly exact?: boolean;
  /**
   * Whether matrix products and convolutions multiply and add in one instruction (relaxed SIMD), which
   * is up to a quarter quicker. The machine decides whether it rounds once or twice, so the last bits
   * of results may differ between hosts. Default false.
   */
  readonly relaxed?: boolean;
}
