import type { TypedArrayOf } from '@gradus/tensor';

/** A range of the engine's memory. */
export interface Block {
  /** Address of its first byte, a multiple of 64. */
  readonly address: number;
  readonly bytes: number;
}

/** The element types whose numbers can lie in the engine's memory. */
export type HeldDType = 'float32' | 'uint8';

const arrays = { float32: Float32Array, uint8: Uint8Array };

/** Whether numbers of an element type can lie in the engine's memory. */
export function isHeld(dtype: string): dtype is HeldDType {
  return Object.hasOwn(arrays, dtype);
}

/** How many bytes so many elements of a type take. */
export function bytesOf(dtype: HeldDType, size: number): number {
  return arrays[dtype].BYTES_PER_ELEMENT * size;
}

/** The 4 GiB that 32-bit addresses reach are used up. Operations are then done elsewhere. */
export class OutOfMemory extends Error {
  override readonly name = 'OutOfMemory';
}

const pageBytes = 64 * 1024;
const mostPages = 65536;
/** Growing is slow, so it is done in large steps; pages that nothing touched cost nothing. */
const growthPages = 512;
/** Vectors may be read and written up to this far beyond the end of a block. */
const slackBytes = 64;
/** Address 0 stays unused, so that a forgotten address is found. */
const firstAddress = 1024;

/**
 * The WebAssembly memory of an engine, in blocks. Sizes are rounded up to one of four for each
 * power of two; a block that is given back is used again for the next request of its size. When all
 * blocks were given back, the memory begins anew, so that no pattern of sizes can fragment it.
 */
export class EngineMemory {
  readonly wasm: WebAssembly.Memory;
  /** Whether several threads can work on it. */
  readonly shared: boolean;
  private readonly free = new Map<number, number[]>();
  private first = firstAddress;
  private next = firstAddress;
  private blocks = 0;
  private readonly buffers = new WeakSet<ArrayBufferLike>();
  private bytes: ArrayBufferLike;

  /** @param limitBytes at most 4 GiB, for tests less. */
  constructor(private readonly limitBytes = mostPages * pageBytes) {
    this.shared = canShare();
    const size = { initial: growthPages, maximum: mostPages, shared: this.shared };
    this.wasm = new WebAssembly.Memory(size);
    this.bytes = this.wasm.buffer;
    this.buffers.add(this.bytes);
  }

  /** What modules that work on this memory import. */
  get imported() {
    return { minimumPages: 1, maximumPages: mostPages, shared: this.shared };
  }

  /** How far the memory is in use, in bytes. */
  get extent(): number {
    return this.next;
  }

  /** @throws OutOfMemory */
  allocate(bytes: number): Block {
    const size = sizeClass(bytes + slackBytes);
    const address = this.free.get(size)?.pop() ?? this.extend(size);
    this.blocks += 1;
    return { address, bytes: size };
  }

  release({ address, bytes }: Block): void {
    if (address < this.first) return;
    this.blocks -= 1;
    if (this.blocks === 0) {
      this.free.clear();
      this.next = this.first;
      return;
    }
    const same = this.free.get(bytes);
    if (same === undefined) this.free.set(bytes, [address]);
    else same.push(address);
  }

  /**
   * Never uses again what is in use now: a thread that does not answer may write there at any time.
   */
  abandon(): void {
    this.first = this.next;
    this.blocks = 0;
    this.free.clear();
  }

  /** The memory as it is now; growing may have replaced what was returned before. */
  get buffer(): ArrayBufferLike {
    return this.bytes;
  }

  /** A window of `length` numbers. */
  floats(address: number, length: number): Float32Array {
    return new Float32Array(this.bytes, address, length);
  }

  /** A window of `length` elements of a type. */
  window<D extends HeldDType>(dtype: D, address: number, length: number): TypedArrayOf<D> {
    const array: new (buffer: ArrayBufferLike, address: number, length: number) => unknown =
      arrays[dtype];
    return new array(this.bytes, address, length) as TypedArrayOf<D>;
  }

  /** Whether an array is a window on this memory. */
  holds(array: ArrayBufferView): boolean {
    return this.buffers.has(array.buffer);
  }

  private extend(bytes: number): number {
    const address = this.next;
    const end = address + bytes;
    if (end > this.limitBytes) throw new OutOfMemory();
    if (end > this.bytes.byteLength) this.grow(end - this.bytes.byteLength);
    this.next = end;
    return address;
  }

  private grow(bytes: number): void {
    const pages = this.bytes.byteLength / pageBytes;
    const needed = Math.ceil(bytes / pageBytes);
    const wanted = Math.min(Math.max(needed, growthPages, pages >> 2), mostPages - pages);
    try {
      this.wasm.grow(Math.max(wanted, needed));
    } catch {
      throw new OutOfMemory();
    }
    this.renewBuffer();
  }

  /** After growing: a memory that is not shared has another buffer now, and the former one is empty. */
  protected renewBuffer(): void {
    this.bytes = this.wasm.buffer;
    this.buffers.add(this.bytes);
  }
}

/** Browsers share memory only with pages that isolate themselves; elsewhere nothing hinders it. */
function canShare(): boolean {
  const page = globalThis as { readonly crossOriginIsolated?: boolean };
  return typeof SharedArrayBuffer !== 'undefined' && page.crossOriginIsolated !== false;
}

/** The smallest multiple of a quarter of a power of two that is at least `bytes`. */
function sizeClass(bytes: number): number {
  const octave = 2 ** Math.floor(Math.log2(Math.max(bytes, 256)));
  const quarter = octave / 4;
  return Math.ceil(Math.max(bytes, 256) / quarter) * quarter;
}
