import type { Storage, TypedArrayOf } from '@gradus/tensor';
import { bytesOf, type Block, type EngineMemory, type HeldDType } from './engineMemory';

/**
 * Numbers in the engine's memory for as long as the scope lasts in which they were computed. Then
 * they either move to an ordinary array, or their place is used again and reading them is an error.
 */
export class ScopedStorage<D extends HeldDType = HeldDType> implements Storage<D> {
  private array: TypedArrayOf<D> | undefined;
  private block: Block | undefined;
  private outlives = false;
  private resides = false;

  constructor(
    private readonly memory: EngineMemory,
    readonly dtype: D,
    readonly size: number,
  ) {
    this.block = memory.allocate(bytesOf(dtype, size));
  }

  get data(): TypedArrayOf<D> {
    if (this.array !== undefined && (this.block === undefined || this.isCurrent(this.array))) {
      return this.array;
    }
    if (this.block === undefined) throw new EndedStorageError();
    this.array = this.memory.window(this.dtype, this.block.address, this.size);
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

  /** Whether it is to stay in the engine's memory when no scope is open. */
  get isResident(): boolean {
    return this.resides && this.block !== undefined;
  }

  reside(): void {
    this.keep();
    this.resides = true;
  }

  /** How much of the engine's memory it takes. */
  get bytes(): number {
    return this.block?.bytes ?? 0;
  }

  /** Moves the numbers to an ordinary array, unless they are in one. */
  settle(): void {
    if (this.block === undefined) return;
    const copy = this.data.slice() as TypedArrayOf<D>;
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
  private isCurrent(array: TypedArrayOf<D>): boolean {
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
