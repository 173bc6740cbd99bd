import {
  copyInto,
  isRowMajor,
  rowMajor,
  rowMajorStrides,
  sizeOf,
  type Shape,
  type View,
} from '@gradus/tensor';
import { copyStrided } from '../copy/stridedCopy';
import type { KernelSource } from '../kernelCache';
import { defineFunction, memory, type WasmFunction } from '../wasm';
import type { Block, EngineMemory, HeldDType } from './engineMemory';
import type { EngineScopes } from './scopes';

interface Result {
  readonly out: View;
  readonly address: number;
}

/** The operands of one kernel call in the engine's memory, and its working memory. */
export class Workspace {
  private readonly blocks: Block[];
  private readonly results: Result[];

  /** @param whole the workspace of the call, if this one is for a share of it. */
  constructor(
    private readonly memory: EngineMemory,
    private readonly scopes: EngineScopes,
    private readonly kernels: KernelSource,
    whole?: Workspace,
  ) {
    this.blocks = whole?.blocks ?? [];
    this.results = whole?.results ?? [];
  }

  /** The same for a share of the call, with other kernels. It is given back together with the whole. */
  withKernels(kernels: KernelSource): Workspace {
    return new Workspace(this.memory, this.scopes, kernels, this);
  }

  /** Whether a view lies in the engine's memory. */
  holds(view: View): boolean {
    return this.memory.holds(view.data);
  }

  /**
   * The address of a view's first element; the others lie by its strides.
   * @throws OutOfMemory
   */
  locate(view: View): number {
    const { data, offset } = view;
    const elementBytes = data.BYTES_PER_ELEMENT;
    if (this.memory.holds(data)) return data.byteOffset + elementBytes * offset;
    const [lowest, highest] = extent(view);
    const address = this.scopes.addressOf(data, lowest, highest + 1);
    return address + elementBytes * (offset - lowest);
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
   * The address to which the kernel writes a result, row-major, the same each time. Up to 64 bytes
   * behind its end may be overwritten.
   * @throws OutOfMemory
   */
  output(out: View): number {
    const { data, offset } = out;
    const size = sizeOf(out.shape);
    const whole = offset === 0 && size === data.length;
    if (whole && this.memory.holds(data)) return data.byteOffset;
    const known = this.results.find((result) => result.out === out);
    if (known !== undefined) return known.address;
    const address = this.scratch(data.BYTES_PER_ELEMENT * size);
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

  /**
   * Room for numbers of a shape, row-major, until the call ends.
   * @throws OutOfMemory
   */
  scratchView(shape: Shape): View<'float32'> {
    const size = sizeOf(shape);
    const address = this.scratch(4 * size);
    const { memory } = this;
    return {
      dtype: 'float32',
      // Read anew each time: another block may make the memory grow, and move.
      get data() {
        return memory.floats(address, size);
      },
      ...rowMajor(shape),
    };
  }

  /** The numbers at an address, for reading and writing. */
  floats(address: number, length: number): Float32Array {
    return this.memory.floats(address, length);
  }

  /** The bytes at an address, likewise. */
  bytes(address: number, length: number): Uint8Array {
    return this.memory.window('uint8', address, length);
  }

  /** The numbers of 64 bits at an address, likewise. */
  doubles(address: number, length: number): Float64Array {
    return new Float64Array(this.memory.buffer, address, length);
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
      const dtype = out.dtype as HeldDType;
      out.data.set(this.memory.window(dtype, address, sizeOf(out.shape)), out.offset);
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
