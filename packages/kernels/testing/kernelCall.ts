import type { DType, Layout, View } from '@gradus/tensor';
import type { Backend } from '../src/index';

/** Where a result goes: a layout within an array that is larger than it. */
export interface Place extends Layout {
  readonly dtype: DType;
  /** Elements of the whole array. */
  readonly length: number;
}

/** One legal call of a kernel: what an engine is given and what it has to fill. */
export interface KernelCall {
  /** The kernel and its options, as messages name it: `map exp`. */
  readonly kernel: string;
  readonly inputs: readonly View[];
  readonly out: Place;
  /** Whether nothing is rounded, so that every engine must give the same numbers. */
  readonly exact: boolean;
  /** Calls the kernel of `backend`, with these inputs or others of the same shapes. */
  run(backend: Backend, inputs: readonly View[], out: View): void;
}
