import type { KernelContext } from '../../../src/simd/context';
import { KernelCache } from '../../../src/simd/kernelCache';
import { EngineMemory } from '../../../src/simd/memory/engineMemory';
import { EngineScopes } from '../../../src/simd/memory/scopes';
import { EngineWorkspace } from '../../../src/simd/memory/engineWorkspace';
import { EngineThreads, type Beginning } from '../../../src/simd/threads/engineThreads';

/** Memory, kernels and threads, without an engine that chooses among the kernels. */
export class ThreadedKernels {
  readonly memory = new EngineMemory();
  readonly kernels = new KernelCache(this.memory);
  readonly threads = new EngineThreads(this.memory, this.kernels);
  private readonly scopes = new EngineScopes(this.memory);

  /** Threads that divide even the smallest work. */
  enable(count: number, beginning: Beginning = {}): Promise<number> {
    return this.threads.enable(count, { fewestProducts: 1, ...beginning });
  }

  /** Runs one kernel. */
  run(kernel: (context: KernelContext) => void): void {
    const { memory, scopes, kernels, threads } = this;
    scopes.enter();
    const work = new EngineWorkspace(memory, scopes, kernels);
    try {
      kernel({ kernels, work, threads: threads.current });
      work.finish();
    } finally {
      work.release();
      scopes.leave([]);
    }
  }
}
