import { copyInto, isRowMajor, rowMajorStrides, sizeOf, type View } from '@gradus/tensor';
import { copyStrided } from '../copy/stridedCopy';
import type { KernelCache } from '../kernelCache';
import { defineFunction, memory, type WasmFunction } from '../wasm';
import type { Block, EngineMemory } from './engineMemory';
import type { EngineScopes } from './scopes';

/** The operands of one kernel call in the engine's memory, and its working memory. */
export class Workspace {
  private readonly blocks: Block[] = [];
  private readonly results: { readonly out: View; readonly address: number }[] = [];

  constructor(
    private readonly memory: EngineMemory,
    private readonly scopes: EngineScopes,
    private readonly kernels: KernelCache,
  ) {}

  /** Whether a view lies in the engine's memory. */
  holds(view: View): boolean {
    return this.memory.holds(view.data);
  }

  /**
   * The address of a view's first element; the others lie by its strides.
   * @throws OutOfMemory
   */
  locate(view: View): number {
    const data = view.data as Float32Array;
    if (this.memory.holds(data)) return data.byteOffset + 4 * view.offset;
    const [lowest, highest] = extent(view);
    const address = this.scopes.addressOf(data, lowest, highest + 1);
    return address + 4 * (view.offset - lowest);
  }

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
      copyInto(view, this.memory.floats(to, size));
      return to;
    }
    const from = this.locate(view);
    const toSteps = rowMajorStrides(shape);
    copyStrided(this.kernels, { from, to, shape, fromSteps: strides, toSteps });
    return to;
  }

  /**
   * The address to which the kernel writes a result, row-major. Up to 64 bytes behind its end may be
   * overwritten.
   * @throws OutOfMemory
   */
  output(out: View): number {
    const data = out.data as Float32Array;
    const whole = out.offset === 0 && sizeOf(out.shape) === data.length;
    if (whole && this.memory.holds(data)) return data.byteOffset;
    const address = this.scratch(4 * sizeOf(out.shape));
    this.results.push({ out, address });
    return address;
  }

  /**
   * The address of so many bytes that hold anything, until the call ends.
   * @throws OutOfMemory
   */
  scratch(bytes: number): number {
    const block = this.memory.allocate(bytes);
    this.blocks.push(block);
    return block.address;
  }

  /** The numbers at an address, for reading and writing. */
  floats(address: number, length: number): Float32Array {
    return this.memory.floats(address, length);
  }

  /** Sets so many numbers to 0. */
  clear(address: number, length: number): void {
    // Half the time of filling an array, where the memory is shared (measured).
    const { clear } = this.kernels.get('clear', () => [clearKernel()]);
    clear!(address, 4 * length);
  }

  /** Copies results to where they belong, when the kernel has run. */
  finish(): void {
    for (const { out, address } of this.results) {
      const size = sizeOf(out.shape);
      (out.data as Float32Array).set(this.memory.floats(address, size), out.offset);
    }
  }

  /** Gives the working memory back. */
  release(): void {
    for (const block of this.blocks) this.memory.release(block);
    this.blocks.length = 0;
  }
}

/** Whether most of the array between a view's first and last element is not of it. */
export function isSparse(view: View): boolean {
  const [lowest, highest] = extent(view);
  return highest - lowest >= 2 * sizeOf(view.shape);
}

/** The lowest and the highest position that a view's elements have in its data. */
function extent({ shape, strides, offset }: View): [lowest: number, highest: number] {
  let [lowest, highest] = [offset, offset];
  shape.forEach((size, axis) => {
    const reach = (size - 1) * strides[axis]!;
    if (reach < 0) lowest += reach;
    else highest += reach;
  });
  return [lowest, highest];
}

/** `clear(to, bytes)` */
function clearKernel(): WasmFunction {
  return defineFunction('clear', { to: 'i32', bytes: 'i32' }, ({ to, bytes }) =>
    memory.fill(to, 0, bytes),
  );
}
