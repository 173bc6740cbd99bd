import { rowMajor, sizeOf, type Shape, type View } from '@gradus/tensor';
import type { KernelSource } from '../kernelCache';
import type { Block, EngineMemory, HeldDType } from './engineMemory';
import { extent } from './extent';
import type { EngineScopes } from './scopes';
import { Workspace } from './workspace';

interface Result {
  readonly out: View;
  readonly address: number;
}

/** The operands of one operation in the engine's memory. */
export class EngineWorkspace extends Workspace {
  private readonly blocks: Block[];
  private readonly results: Result[];

  /** @param whole the workspace of the operation, if this one is for a share of it. */
  constructor(
    private readonly memory: EngineMemory,
    private readonly scopes: EngineScopes,
    kernels: KernelSource,
    whole?: EngineWorkspace,
  ) {
    super(kernels);
    this.blocks = whole?.blocks ?? [];
    this.results = whole?.results ?? [];
  }

  withKernels(kernels: KernelSource): EngineWorkspace {
    return new EngineWorkspace(this.memory, this.scopes, kernels, this);
  }

  holds(view: View): boolean {
    return this.memory.holds(view.data);
  }

  locate(view: View): number {
    const { data, offset } = view;
    const elementBytes = data.BYTES_PER_ELEMENT;
    if (this.memory.holds(data)) return data.byteOffset + elementBytes * offset;
    const [lowest, highest] = extent(view);
    const address = this.scopes.addressOf(data, lowest, highest + 1);
    return address + elementBytes * (offset - lowest);
  }

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

  scratch(bytes: number): number {
    const block = this.memory.allocate(bytes);
    this.blocks.push(block);
    return block.address;
  }

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

  protected override get buffer(): ArrayBufferLike {
    return this.memory.buffer;
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
