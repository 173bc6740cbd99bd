import type { Kernel, KernelCache, KernelModule, Kernels, KernelSource } from '../kernelCache';
import type { Workspace } from '../memory/workspace';
import type { WasmFunction } from '../wasm';
import { makeModule, mostArguments } from './runThread';

/** Writes calls of kernels down, for a thread to make them, instead of making them. */
export class CallList implements KernelSource {
  /** For each module that the thread has, or that the list tells it to make, functions that write. */
  private readonly writers = new Map<KernelModule, Kernels>();
  private numbers: number[] = [];
  private added: KernelModule[] = [];
  private nextModule = 0;
  private work: Workspace | undefined;

  /** @param mostModules how many modules the thread keeps; then it gets all anew. */
  constructor(
    private readonly cache: KernelCache,
    private readonly mostModules = 512,
  ) {}

  /** Begins a new list. */
  begin(work: Workspace): void {
    this.forgetAdded();
    this.numbers = [];
    this.work = work;
    if (this.nextModule < this.mostModules) return;
    this.writers.clear();
    this.nextModule = 0;
  }

  get(key: string, define: () => readonly WasmFunction[]): Kernels {
    const module = this.cache.module(key, define);
    return this.writers.get(module) ?? this.add(module);
  }

  /** Puts the list where the thread finds it. */
  write(): { readonly address: number; readonly length: number } {
    const { length } = this.numbers;
    const address = this.work!.scratch(8 * length);
    this.work!.doubles(address, length).set(this.numbers);
    return { address, length };
  }

  /** The thread has gone through the list, so it has its modules. */
  accept(): void {
    this.added = [];
  }

  private forgetAdded(): void {
    for (const module of this.added) this.writers.delete(module);
    this.added = [];
  }

  private add(module: KernelModule): Kernels {
    const { bytes, kernels } = module;
    const number = this.nextModule++;
    const address = this.work!.scratch(bytes.length);
    this.work!.bytes(address, bytes.length).set(bytes);
    this.numbers.push(number, makeModule, address, bytes.length);
    this.added.push(module);
    const named = Object.keys(kernels).map((name, i) => [name, this.writer(number, i)] as const);
    const writers = Object.fromEntries(named);
    this.writers.set(module, writers);
    return writers;
  }

  private writer(module: number, kernel: number): Kernel {
    return (...args) => {
      if (args.length > mostArguments) {
        throw new RangeError(
          `A call has at most ${mostArguments} arguments; received ${args.length}.`,
        );
      }
      this.numbers.push(module, kernel, args.length, ...args);
    };
  }
}
