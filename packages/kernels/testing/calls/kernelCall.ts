import type { DType, Layout, View } from '@gradus/tensor';
import type { Backend } from '../../src/index';

/** Where a result goes: a layout within an array that is larger than it. */
export interface Place extends Layout {
  readonly dtype: DType;
  /** Elements of the whole array. */
  readonly length: number;
}

/** What generated calls are given. */
export interface CallOptions {
  /** Numbers that stand here and there among others. */
  readonly specials?: readonly number[];
}

/** One legal call of a kernel: what an engine is given and what it has to fill. */
export interface KernelCall {
  /** The kernel and its options, as messages name it: `map exp`. */
  readonly kernel: string;
  readonly inputs: readonly View[];
  readonly out: Place;
  /** Whether nothing is rounded, so that every engine must give the same numbers. */
  readonly exact: boolean;
  /**
   * The inputs, by number, in each of which the result is linear: it consists of sums of products of
   * their elements, and rounding errors are in proportion to the sums of magnitudes.
   */
  readonly linearIn?: readonly number[];
  /** Whether checks may put no other numbers in place of the inputs; default false. */
  readonly ownNumbers?: boolean;
  /**
   * How far NaN and infinities may spread beyond where they belong, see `Backend`: within an image
   * of the result, or over all of it. Default: not at all.
   */
  readonly spreads?: 'image' | 'result';
  /** Calls the kernel of `backend`, with these inputs or others of the same shapes. */
  run(backend: Backend, inputs: readonly View[], out: View): void;
}
