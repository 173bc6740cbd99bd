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
import { EngineWorkspace } from './memory/engineWorkspace';
import type { Workspace } from './memory/workspace';
import type { SimdOptions } from './options';
import type { Operands } from './plans/plan';
import { PlanCache, signatureOf, type Signature } from './plans/planCache';
import { makePlan } from './plans/planner';
import { EngineThreads } from './threads/engineThreads';
import { ThreadLost } from './threads/threadPool';

interface Parts {
  readonly memory: EngineMemory;
  readonly scopes: EngineScopes;
  readonly kernels: KernelCache;
  readonly threads: EngineThreads;
  readonly plans: PlanCache;
  readonly isHeld: (view: View) => boolean;
}

function makeParts(memory: EngineMemory, { relaxed }: SimdOptions): Parts {
  const kernels = new KernelCache(memory, { relaxed });
  const threads = new EngineThreads(memory, kernels);
  const isHeld = ({ data }: View): boolean => memory.holds(data);
  const scopes = new EngineScopes(memory);
  return { memory, scopes, kernels, threads, plans: new PlanCache(), isHeld };
}

/** The two ways in which the engine does something. */
export interface Ways<O extends Operands> {
  /** They are float32, except places, which are bytes. */
  readonly operands: O;
  /** What it is, and all that it depends on besides its operands; without it nothing is planned. */
  readonly operation?: Signature;
  /** Whether the kernels are worth it; default true. */
  readonly when?: boolean;
  /** What is written; default the operand `out`. */
  readonly results?: readonly View[];
  /** By kernels. What the operands' numbers are must not matter, nor where they lie. */
  readonly kernel: (context: KernelContext, operands: O) => void;
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

  /** By kernels if possible. */
  run<O extends Operands>(ways: Ways<O>): void {
    const { memory, scopes, kernels } = this.parts;
    const { operands, when = true, results = [operands['out']!], otherwise } = ways;
    const alone = scopes.depth === 0;
    if (alone) scopes.enter();
    const work = new EngineWorkspace(memory, scopes, kernels);
    try {
      if (!when || !areForKernels(operands)) return otherwise();
      this.compute(work, ways);
      work.finish();
    } catch (error) {
      if (error instanceof ThreadLost) {
        // What it may still write to becomes nobody's.
        memory.abandon();
        for (const { data } of results) scopes.settle(data);
        return this.run(ways);
      }
      if (!(error instanceof OutOfMemory)) throw error;
      otherwise();
    } finally {
      work.release();
      for (const { data } of results) scopes.forget(data);
      if (alone) scopes.leave([]);
    }
  }

  /** What there are no kernels for: in plain loops, after which copies of `out` no longer hold. */
  inLoops(out: View, compute: () => void): void {
    compute();
    this.made?.scopes.forget(out.data);
  }

  /** By a plan, if there can be one, and no threads share the work. */
  private compute<O extends Operands>(
    work: Workspace,
    { operands, operation, kernel }: Ways<O>,
  ): void {
    const { kernels, threads, plans, isHeld } = this.parts;
    const { current } = threads;
    const plan =
      operation === undefined || current !== undefined
        ? undefined
        : plans.get(signatureOf(operation, operands, isHeld), () =>
            makePlan(kernels, operands, { isHeld, kernel }),
          );
    if (plan !== undefined) plan.run(work, operands);
    else kernel({ kernels, work, threads: current }, operands);
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

function areForKernels(operands: Operands): boolean {
  for (const name in operands) {
    const view = operands[name];
    if (view === undefined) continue;
    const dtype = name === 'places' ? 'uint8' : 'float32';
    if (view.dtype !== dtype || sizeOf(view.shape) === 0) return false;
  }
  return true;
}
