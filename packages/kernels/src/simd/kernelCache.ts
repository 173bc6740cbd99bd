import type { EngineMemory } from './memory/engineMemory';
import { encodeModule, type WasmFunction } from './wasm';

/** A compiled kernel: a function of addresses and counts. */
export type Kernel = (...args: readonly number[]) => void;

/** Compiled kernels, by name within a module. */
export type Kernels = Readonly<Record<string, Kernel>>;

/**
 * Kernels that were made for a shape are kept, up to a number of modules: then the ones unused for
 * longest go.
 */
export class KernelCache {
  private readonly modules = new Map<string, Kernels>();

  constructor(
    private readonly memory: EngineMemory,
    private readonly mostModules = 512,
  ) {}

  /** The kernels of a key, which says everything that `define` depends on. */
  get(key: string, define: () => readonly WasmFunction[]): Kernels {
    const known = this.modules.get(key);
    if (known !== undefined) {
      // Last in the order of insertion is last to go.
      this.modules.delete(key);
      this.modules.set(key, known);
      return known;
    }
    const compiled = this.compile(define());
    this.modules.set(key, compiled);
    if (this.modules.size > this.mostModules) this.forgetOldest();
    return compiled;
  }

  private compile(functions: readonly WasmFunction[]): Kernels {
    const { imported, wasm } = this.memory;
    const module = new WebAssembly.Module(encodeModule(functions, imported));
    const { exports } = new WebAssembly.Instance(module, { host: { memory: wasm } });
    return exports as Kernels;
  }

  private forgetOldest(): void {
    const [oldest] = this.modules.keys();
    this.modules.delete(oldest!);
  }
}
