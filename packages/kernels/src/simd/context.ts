import type { KernelCache } from './kernelCache';
import type { Workspace } from './memory/workspace';

/** What a kernel needs besides its operands. */
export interface KernelContext {
  readonly kernels: KernelCache;
  readonly work: Workspace;
}
