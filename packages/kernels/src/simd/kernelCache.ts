import type { EngineMemory } from './memory/engineMemory';
import { encodeModule, type WasmFunction } from './wasm';

/** A compiled kernel: a function of addresses and counts. */
export type Kernel = (...args: readonly number[]) => void;

/** Compiled kernels, by name within a module. */
export type Kernels = Readonly<Record<string, Kernel>>;

/** Where kernels come from. */
export interface KernelSource {
  /** The kernels of a key, which says everything that `define` depends on. */
  get(key: string, define: () => readonly WasmFunction[]): Kernels;
}

/** Kernels that were made together, and the module from which another thread makes them anew. */
export interface KernelModule {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly kernels: Kernels;
}

/** What a cache of kernels may be asked for. */
export interface CacheOptions {
  /** Whether kernels may use relaxed SIMD; default false. */
  readonly relaxed?: boolean | undefined;
  /** How many modules are kept; default 512. */
  readonly mostModules?: number;
}

/**
 * Kernels that were made for a shape are kept, up to a number of modules: then the ones unused for
 * longest go.
 */
export class KernelCache implements KernelSource {
  private readonly modules = new Map<string, KernelModule>();
  private readonly relaxed: boolean;
  private readonly mostModules: number;

  constructor(
    private readonly memory: EngineMemory,
    { relaxed = false, mostModules = 512 }: CacheOptions = {},
  ) {
    this.relaxed = relaxed;
    this.mostModules = mostModules;
  }

  get(key: string, define: () => readonly WasmFunction[]): Kernels {
    return this.module(key, define).kernels;
  }

  /** The module of a key, likewise. */
  module(key: string, define: () => readonly WasmFunction[]): KernelModule {
    const known = this.modules.get(key);
    if (known !== undefined) {
      if (2 * this.modules.size > this.mostModules) this.moveToEnd(key, known);
      return known;
    }
    const compiled = this.compile(define());
    this.modules.set(key, compiled);
    if (this.modules.size > this.mostModules) this.forgetOldest();
    return compiled;
  }

  private compile(functions: readonly WasmFunction[]): KernelModule {
    const { imported, wasm } = this.memory;
    const bytes = encodeModule(functions, imported, this.relaxed);
    const module = new WebAssembly.Module(bytes);
    const { exports } = new WebAssembly.Instance(module, { host: { memory: wasm } });
    return { bytes, kernels: exports as Kernels };
  }

  /** Last in the order of insertion is last to go. As long as there is much room, it does not matter. */
  private moveToEnd(key: string, known: KernelModule): void {
    this.modules.delete(key);
    this.modules.set(key, known);
  }

  private forgetOldest(): void {
    const [oldest] = this.modules.keys();
    this.modules.delete(oldest!);
  }
}
