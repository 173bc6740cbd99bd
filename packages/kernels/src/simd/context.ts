import type { KernelSource } from './kernelCache';
import type { Workspace } from './memory/workspace';

/** What a kernel needs besides its operands. */
export interface KernelContext {
  readonly kernels: KernelSource;
  readonly work: Workspace;
  /** Those that compute shares of the result, if there are any; see `inShares`. */
  readonly threads?: Threads | undefined;
}

/** Neighbouring units of a result. */
export interface Share {
  readonly first: number;
  readonly count: number;
}

/**
 * Computes a share of a result. It may be computed again from the beginning, after a thread has
 * failed: it must overwrite before it adds, and read nothing that it has changed.
 */
export type ComputeShare<T> = (context: KernelContext, share: Share) => T;

/** Those who compute shares; the caller is one of them. */
export interface Threads {
  /** How many shares are worth it for so many products of numbers. */
  mostShares(products: number): number;
  compute<T>(context: KernelContext, shares: readonly Share[], compute: ComputeShare<T>): T[];
}
