import type { Storage } from '@gradus/tensor';
import type { Block, EngineMemory } from './engineMemory';

/**
 * Numbers in the engine's memory for as long as the scope lasts in which they were computed. Then
 * they either move to an ordinary array, or their place is used again and reading them is an error.
 */
export class ScopedStorage implements Storage<'float32'> {
  readonly dtype = 'float32';
  private array: Float32Array | undefined;
  private block: Block | undefined;
  private outlives = false;

  constructor(
    private readonly memory: EngineMemory,
    readonly size: number,
  ) {
    this.block = memory.allocate(4 * size);
  }

  get data(): Float32Array {
    if (this.array !== undefined && (this.block === undefined || this.isCurrent(this.array))) {
      return this.array;
    }
    if (this.block === undefined) throw new EndedStorageError();
    this.array = this.memory.floats(this.block.address, this.size);
    return this.array;
  }

  /** Whether it was asked to outlive the scope. */
  get isKept(): boolean {
    return this.outlives;
  }

  keep(): void {
    if (this.array === undefined && this.block === undefined) throw new EndedStorageError();
    this.outlives = true;
  }

  /** Moves the numbers to an ordinary array. */
  settle(): void {
    const copy = this.data.slice();
    this.release();
    this.array = copy;
  }

  /** Gives the numbers up. */
  end(): void {
    this.release();
    this.array = undefined;
  }

  private release(): void {
    if (this.block !== undefined) this.memory.release(this.block);
    this.block = undefined;
  }

  /** Growing replaces the buffer of a memory that is not shared, and detaches its windows. */
  private isCurrent(array: Float32Array): boolean {
    return array.buffer === this.memory.buffer;
  }
}

/** A tensor is read whose scope has ended. */
export class EndedStorageError extends Error {
  override readonly name = 'EndedStorageError';

  constructor() {
    super(
      'This tensor was computed inside a function that has ended, such as the f of ' +
        'valueAndGrad(f, ...), and its memory is in use for something else. ' +
        'Return it from that function, or call keep(tensor) inside.',
    );
  }
}
