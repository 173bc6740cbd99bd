import {
  arrayStorage,
  newTypedArray,
  sizeOf,
  type DType,
  type Storage,
  type View,
} from '@gradus/tensor';
import type { KernelContext } from './context';
import { hasSimd } from './hasSimd';
import { KernelCache } from './kernelCache';
import { EngineMemory, isHeld, OutOfMemory, type HeldDType } from './memory/engineMemory';
import { EngineScopes } from './memory/scopes';
import { Workspace } from './memory/workspace';
import type { SimdOptions } from './options';
import { EngineThreads } from './threads/engineThreads';
import { ThreadLost } from './threads/threadPool';

interface Parts {
  readonly memory: EngineMemory;
  readonly scopes: EngineScopes;
  readonly kernels: KernelCache;
  readonly threads: EngineThreads;
}

function makeParts(memory: EngineMemory, { relaxed }: SimdOptions): Parts {
  const kernels = new KernelCache(memory, { relaxed });
  const threads = new EngineThreads(memory, kernels);
  return { memory, scopes: new EngineScopes(memory), kernels, threads };
}

/** The two ways in which the engine does something. */
export interface Ways {
  /** Whether the kernel is worth it; default true. */
  readonly when?: boolean;
  /** What is written; default the last view. */
  readonly results?: readonly View[];
  readonly kernel: (context: KernelContext) => void;
  /** In plain loops: empty views, other element types, or no memory left. */
  readonly otherwise: () => void;
}

/**
 * Where kernels run: the memory, its scopes, the kernels made so far, and the threads of one engine.
 * All are made when they are first wanted.
 */
export class KernelRunner {
  private made: Parts | undefined;

  /** @param memory made by the first operation, if it is not given. */
  constructor(
    memory: EngineMemory | undefined,
    private readonly options: SimdOptions,
  ) {
    this.made = memory === undefined ? undefined : makeParts(memory, options);
  }

  /** @throws Error where WebAssembly SIMD is missing. */
  get parts(): Parts {
    if (this.made !== undefined) return this.made;
    if (!hasSimd()) {
      throw new Error('This host has no WebAssembly SIMD. Use the engine `loops`.');
    }
    return (this.made = makeParts(new EngineMemory(), this.options));
  }

  /** In the engine's memory within a scope, as long as there is room; otherwise an ordinary array. */
  allocate<D extends DType>(dtype: D, size: number): Storage<D> {
    if (isHeld(dtype) && this.parts.scopes.depth > 0) {
      const storage = this.storage(dtype, size);
      if (storage !== undefined) return storage;
    }
    return arrayStorage(dtype, newTypedArray(dtype, size));
  }

  /** Runs a kernel on float32 views. */
  run(views: readonly View[], ways: Ways): void {
    const { when = true, results = views.slice(-1), kernel, otherwise } = ways;
    const { memory, scopes, kernels, threads } = this.parts;
    const alone = scopes.depth === 0;
    if (alone) scopes.enter();
    const work = new Workspace(memory, scopes, kernels);
    try {
      if (!when || !views.every(isForKernels)) return otherwise();
      kernel({ kernels, work, threads: threads.current });
      work.finish();
    } catch (error) {
      if (error instanceof ThreadLost) {
        // What it may still write to becomes nobody's.
        memory.abandon();
        for (const { data } of results) scopes.settle(data);
        return this.run(views, ways);
      }
      if (!(error instanceof OutOfMemory)) throw error;
      otherwise();
    } finally {
      work.release();
      for (const { data } of results) scopes.forget(data);
      if (alone) scopes.leave([]);
    }
  }

  private storage<D extends DType & HeldDType>(dtype: D, size: number): Storage<D> | undefined {
    try {
      return this.parts.scopes.storage(dtype, size);
    } catch (error) {
      if (error instanceof OutOfMemory) return undefined;
      throw error;
    }
  }
}

function isForKernels({ dtype, shape }: View): boolean {
  return dtype === 'float32' && sizeOf(shape) > 0;
}
