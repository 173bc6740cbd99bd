import type { Storage, TypedArray } from '@gradus/tensor';
import type { Scopes } from '../../backend';
import type { Block, EngineMemory, HeldDType } from './engineMemory';
import { ScopedStorage } from './scopedStorage';

/** A part of an ordinary array that was copied into the engine's memory. */
interface Copy {
  /** The first element copied, and the one after the last. */
  readonly from: number;
  readonly to: number;
  readonly block: Block;
}

interface Scope {
  readonly storages: Set<ScopedStorage>;
  readonly copies: Map<TypedArray, Copy[]>;
}

/** Which storage lives in the engine's memory, and until when. */
export class EngineScopes implements Scopes {
  private readonly open: Scope[] = [];
  /** What stays when no scope is open, the least recently computed first. */
  private readonly residents = new Set<ScopedStorage>();

  /** @param mostResidentBytes when there is more, what was computed longest ago moves to arrays. */
  constructor(
    private readonly memory: EngineMemory,
    private readonly mostResidentBytes = 512 * 2 ** 20,
  ) {}

  get depth(): number {
    return this.open.length;
  }

  enter(): void {
    this.open.push({ storages: new Set(), copies: new Map() });
  }

  leave(survivors: Iterable<Storage>): void {
    const scope = this.open.pop()!;
    const around = this.open.at(-1);
    const surviving = new Set(survivors);
    for (const storage of scope.storages) {
      if (!surviving.has(storage) && !storage.isKept) storage.end();
      else if (around !== undefined) around.storages.add(storage);
      else if (storage.isResident) this.residents.add(storage);
      else storage.settle();
    }
    if (around === undefined) this.limitResidents();
    // Whoever needed an array inside is likely to need it again in the scope around.
    for (const [array, copies] of scope.copies) {
      if (around === undefined) copies.forEach(({ block }) => this.memory.release(block));
      else copiesOf(around, array).push(...copies);
    }
  }

  /**
   * Storage for a result, which ends with the innermost scope.
   * @throws OutOfMemory
   */
  storage<D extends HeldDType>(dtype: D, size: number): ScopedStorage<D> {
    const storage = new ScopedStorage(this.memory, dtype, size);
    this.open.at(-1)!.storages.add(storage);
    return storage;
  }

  /**
   * The address of element `from` of an ordinary array, whose elements up to `to` are copied in unless
   * they already were in an open scope. Whoever changes the array before the scope ends says so with `forget`.
   * @throws OutOfMemory
   */
  addressOf(array: TypedArray, from: number, to: number): number {
    const elementBytes = array.BYTES_PER_ELEMENT;
    for (let i = this.open.length - 1; i >= 0; i--) {
      const copies = this.open[i]!.copies.get(array);
      const known = copies?.find((copy) => copy.from <= from && copy.to >= to);
      if (known !== undefined) return known.block.address + elementBytes * (from - known.from);
    }
    const bytes = elementBytes * (to - from);
    const block = this.memory.allocate(bytes);
    const start = array.byteOffset + elementBytes * from;
    this.memory
      .window('uint8', block.address, bytes)
      .set(new Uint8Array(array.buffer, start, bytes));
    copiesOf(this.open.at(-1)!, array).push({ from, to, block });
    return block.address;
  }

  private limitResidents(): void {
    let bytes = 0;
    for (const storage of this.residents) {
      if (storage.isResident) bytes += storage.bytes;
      else this.residents.delete(storage);
    }
    for (const storage of this.residents) {
      if (bytes <= this.mostResidentBytes) return;
      bytes -= storage.bytes;
      storage.settle();
      this.residents.delete(storage);
    }
  }

  /** Moves the numbers of an array, if it is storage of an open scope, to an ordinary one. */
  settle(array: TypedArray): void {
    for (const { storages } of this.open) {
      for (const storage of storages) if (storage.data === array) storage.settle();
    }
  }

  /** Gives up the copies of an array, whose numbers have changed. */
  forget(array: TypedArray): void {
    for (const { copies } of this.open) {
      copies.get(array)?.forEach(({ block }) => this.memory.release(block));
      copies.delete(array);
    }
  }
}

function copiesOf({ copies }: Scope, array: TypedArray): Copy[] {
  const known = copies.get(array);
  if (known !== undefined) return known;
  const made: Copy[] = [];
  copies.set(array, made);
  return made;
}
