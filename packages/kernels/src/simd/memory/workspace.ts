import {
  copyInto,
  isRowMajor,
  rowMajorStrides,
  sizeOf,
  type Shape,
  type View,
} from '@gradus/tensor';
import { copyStrided } from '../copy/stridedCopy';
import type { KernelSource } from '../kernelCache';
import { defineFunction, memory, type WasmFunction } from '../wasm';
import { isSparse } from './extent';

/** Where the operands of one operation lie in the engine's memory, and its working memory. */
export abstract class Workspace {
  constructor(protected readonly kernels: KernelSource) {}

  /** The same for a share of the operation, with other kernels. It is given back together with the whole. */
  abstract withKernels(kernels: KernelSource): Workspace;

  /** Whether a view lies in the engine's memory. */
  abstract holds(view: View): boolean;

  /**
   * The address of a view's first element; the others lie by its strides.
   * @throws OutOfMemory
   */
  abstract locate(view: View): number;

  /**
   * The address to which the kernel writes a result, row-major, the same each time. Up to 64 bytes
   * behind its end may be overwritten.
   * @throws OutOfMemory
   */
  abstract output(out: View): number;

  /**
   * The address of so many bytes that hold anything, until the operation ends.
   * @throws OutOfMemory
   */
  abstract scratch(bytes: number): number;

  /**
   * Room for numbers of a shape, row-major, until the operation ends.
   * @throws OutOfMemory
   */
  abstract scratchView(shape: Shape): View<'float32'>;

  /** The memory as it is now. An operation that looks at it itself has no plan; see `plans/`. */
  protected abstract get buffer(): ArrayBufferLike;

  /**
   * The address of the view's elements in row-major order, copied if they are not.
   * @throws OutOfMemory
   */
  rowMajor(view: View): number {
    if (isRowMajor(view)) return this.locate(view);
    const { shape, strides } = view;
    const size = sizeOf(shape);
    const to = this.scratch(4 * size);
    if (!this.holds(view) && isSparse(view)) {
      copyInto(view, this.floats(to, size));
      return to;
    }
    const from = this.locate(view);
    const toSteps = rowMajorStrides(shape);
    copyStrided(this.kernels, { from, to, shape, fromSteps: strides, toSteps });
    return to;
  }

  /** The numbers at an address, for reading and writing. */
  floats(address: number, length: number): Float32Array {
    return new Float32Array(this.buffer, address, length);
  }

  /** The bytes at an address, likewise. */
  bytes(address: number, length: number): Uint8Array {
    return new Uint8Array(this.buffer, address, length);
  }

  /** The numbers of 64 bits at an address, likewise. */
  doubles(address: number, length: number): Float64Array {
    return new Float64Array(this.buffer, address, length);
  }

  /** Sets so many numbers to 0. */
  clear(address: number, length: number): void {
    // Half the time of filling an array, where the memory is shared (measured).
    const { clear } = this.kernels.get('clear', () => [clearKernel()]);
    clear!(address, 4 * length);
  }
}

/** `clear(to, bytes)` */
function clearKernel(): WasmFunction {
  return defineFunction('clear', { to: 'i32', bytes: 'i32' }, ({ to, bytes }) =>
    memory.fill(to, 0, bytes),
  );
}
