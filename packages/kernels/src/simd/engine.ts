import {
  arrayStorage,
  newTypedArray,
  sizeOf,
  type DType,
  type Storage,
  type View,
} from '@gradus/tensor';
import type { Backend, BinaryKernel, ReduceKernel, RowKernel, UnaryKernel } from '../backend';
import type { ConvGeometry } from '../convGeometry';
import { loops } from '../loops';
import type { PoolGeometry } from '../poolGeometry';
import type { AdamStep, MomentumStep } from '../updates';
import type { KernelContext } from './context';
import { ruleFor } from './convolution/choice';
import { copy, isWorthAKernel } from './copy/copy';
import { map, zip } from './elementwise/elementwise';
import { matMul } from './matMul/matMul';
import { hasSimd } from './hasSimd';
import { KernelCache } from './kernelCache';
import { EngineMemory, OutOfMemory } from './memory/engineMemory';
import { EngineScopes } from './memory/scopes';
import { Workspace } from './memory/workspace';
import { adam, momentum } from './updates/updates';
import {
  averagePool2d,
  averagePool2dInputGradient,
  maxPool2d,
  maxPool2dInputGradient,
  takeAtMaxima,
} from './pooling/pooling';
import { sum } from './reduction/sum';
import { mapRows } from './softmax/mapRows';

interface Parts {
  readonly memory: EngineMemory;
  readonly scopes: EngineScopes;
  readonly kernels: KernelCache;
}

function makeParts(memory: EngineMemory): Parts {
  return { memory, scopes: new EngineScopes(memory), kernels: new KernelCache(memory) };
}

/**
 * The engine that computes with WebAssembly vectors of four numbers, in kernels made for each shape
 * while the program runs. What it does not do itself, it hands to `loops`: other element types, and
 * everything once the 4 GiB that 32-bit addresses reach are used up.
 */
export class SimdEngine implements Backend {
  readonly name = 'simd';
  private made: Parts | undefined;

  /** @param memory made by the first operation, if it is not given. */
  constructor(memory?: EngineMemory) {
    this.made = memory === undefined ? undefined : makeParts(memory);
  }

  get scopes(): EngineScopes {
    return this.parts.scopes;
  }

  allocate<D extends DType>(dtype: D, size: number): Storage<D> {
    if (dtype === 'float32' && this.scopes.depth > 0) {
      const storage = this.storage(size);
      if (storage !== undefined) return storage as Storage<D>;
    }
    return arrayStorage(dtype, newTypedArray(dtype, size));
  }

  copy(x: View, out: View): void {
    this.run([x, out], {
      when: isWorthAKernel(this.parts.memory, x, out),
      kernel: (context) => copy(context, x, out),
      otherwise: () => loops.copy(x, out),
    });
  }

  map(kernel: UnaryKernel, x: View, out: View): void {
    this.run([x, out], {
      kernel: (context) => map(context, kernel, x, out),
      otherwise: () => loops.map(kernel, x, out),
    });
  }

  zip(kernel: BinaryKernel, a: View, b: View, out: View): void {
    this.run([a, b, out], {
      kernel: (context) => zip(context, kernel, [a, b], out),
      otherwise: () => loops.zip(kernel, a, b, out),
    });
  }

  reduce(kernel: ReduceKernel, x: View, axes: readonly number[], out: View): void {
    this.run([x, out], {
      when: kernel === 'sum',
      kernel: (context) => sum(context, x, axes, out),
      otherwise: () => loops.reduce(kernel, x, axes, out),
    });
  }

  mapRows(kernel: RowKernel, x: View, out: View): void {
    this.run([x, out], {
      kernel: (context) => mapRows(context, kernel, x, out),
      otherwise: () => loops.mapRows(kernel, x, out),
    });
  }

  matMul(a: View, b: View, out: View): void {
    this.run([a, b, out], {
      kernel: (context) => matMul(context, a, b, out),
      otherwise: () => loops.matMul(a, b, out),
    });
  }

  conv2d(x: View, filter: View, geometry: ConvGeometry, out: View): void {
    this.run([x, filter, out], {
      kernel: (context) => ruleFor('conv2d', geometry).run(context, { x, filter, out }, geometry),
      otherwise: () => loops.conv2d(x, filter, geometry, out),
    });
  }

  conv2dInputGradient(dy: View, filter: View, geometry: ConvGeometry, out: View): void {
    this.run([dy, filter, out], {
      kernel: (context) =>
        ruleFor('conv2dInputGradient', geometry).run(context, { dy, filter, out }, geometry),
      otherwise: () => loops.conv2dInputGradient(dy, filter, geometry, out),
    });
  }

  conv2dFilterGradient(dy: View, x: View, geometry: ConvGeometry, out: View): void {
    this.run([dy, x, out], {
      kernel: (context) =>
        ruleFor('conv2dFilterGradient', geometry).run(context, { dy, x, out }, geometry),
      otherwise: () => loops.conv2dFilterGradient(dy, x, geometry, out),
    });
  }

  maxPool2d(x: View, geometry: PoolGeometry, out: View): void {
    this.run([x, out], {
      kernel: (context) => maxPool2d(context, x, geometry, out),
      otherwise: () => loops.maxPool2d(x, geometry, out),
    });
  }

  takeAtMaxima(values: View, x: View, geometry: PoolGeometry, out: View): void {
    this.run([values, x, out], {
      kernel: (context) => takeAtMaxima(context, [values, x], geometry, out),
      otherwise: () => loops.takeAtMaxima(values, x, geometry, out),
    });
  }

  maxPool2dInputGradient(dy: View, x: View, geometry: PoolGeometry, out: View): void {
    this.run([dy, x, out], {
      kernel: (context) => maxPool2dInputGradient(context, [dy, x], geometry, out),
      otherwise: () => loops.maxPool2dInputGradient(dy, x, geometry, out),
    });
  }

  averagePool2d(x: View, geometry: PoolGeometry, out: View): void {
    this.run([x, out], {
      kernel: (context) => averagePool2d(context, x, geometry, out),
      otherwise: () => loops.averagePool2d(x, geometry, out),
    });
  }

  averagePool2dInputGradient(dy: View, geometry: PoolGeometry, out: View): void {
    this.run([dy, out], {
      kernel: (context) => averagePool2dInputGradient(context, dy, geometry, out),
      otherwise: () => loops.averagePool2dInputGradient(dy, geometry, out),
    });
  }

  adam(step: AdamStep): void {
    const { weight, gradient, mean, meanSquare, out } = step;
    this.run([weight, gradient, mean, meanSquare, out.weight], {
      results: Object.values(out),
      kernel: (context) => adam(context, step),
      otherwise: () => loops.adam!(step),
    });
  }

  momentum(step: MomentumStep): void {
    const { weight, gradient, velocity, out } = step;
    this.run([weight, gradient, velocity, out.weight], {
      results: Object.values(out),
      kernel: (context) => momentum(context, step),
      otherwise: () => loops.momentum!(step),
    });
  }

  /** @throws Error where WebAssembly SIMD is missing. */
  private get parts(): Parts {
    if (this.made !== undefined) return this.made;
    if (!hasSimd()) {
      throw new Error('This host has no WebAssembly SIMD. Use the engine `loops`.');
    }
    return (this.made = makeParts(new EngineMemory()));
  }

  private storage(size: number): Storage | undefined {
    try {
      return this.scopes.storage(size);
    } catch (error) {
      if (error instanceof OutOfMemory) return undefined;
      throw error;
    }
  }

  /** Runs a kernel on float32 views. */
  private run(views: readonly View[], ways: Ways): void {
    const { when = true, results = views.slice(-1), kernel, otherwise } = ways;
    const empty = views.some(({ shape }) => sizeOf(shape) === 0);
    const { memory, scopes, kernels } = this.parts;
    const alone = scopes.depth === 0;
    if (alone) scopes.enter();
    const work = new Workspace(memory, scopes, kernels);
    try {
      if (empty || !when || views.some(({ dtype }) => dtype !== 'float32')) return otherwise();
      kernel({ kernels, work });
      work.finish();
    } catch (error) {
      if (!(error instanceof OutOfMemory)) throw error;
      otherwise();
    } finally {
      work.release();
      for (const { data } of results) scopes.forget(data);
      if (alone) scopes.leave([]);
    }
  }
}

/** The two ways in which the engine does something. */
interface Ways {
  /** Whether the kernel is worth it; default true. */
  readonly when?: boolean;
  /** What is written; default the last view. */
  readonly results?: readonly View[];
  readonly kernel: (context: KernelContext) => void;
  /** In plain loops: empty views, other element types, or no memory left. */
  readonly otherwise: () => void;
}
