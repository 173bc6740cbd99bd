import type { DType, Storage, View } from '@gradus/tensor';
import type { Backend, BinaryKernel, ReduceKernel, RowKernel, UnaryKernel } from '../backend';
import type { ConvGeometry } from '../convGeometry';
import type { Epilogue, PooledView } from '../epilogue';
import { loops } from '../loops';
import type { BatchGradient, Moments, ScaleAndShift, Statistics } from '../normalization';
import type { PoolGeometry } from '../poolGeometry';
import type { AdamStep, MomentumStep } from '../updates';
import { ruleFor } from './convolution/choice';
import { conv2d } from './convolution/conv2d';
import {
  conv2dPooledFilterGradient,
  conv2dPooledInputGradient,
} from './convolution/pooledGradients';
import { unpool } from './pooling/unpool';
import { copy, isWorthAKernel } from './copy/copy';
import { map, zip } from './elementwise/elementwise';
import { matMul } from './matMul/matMul';
import { KernelRunner } from './kernelRunner';
import type { EngineMemory } from './memory/engineMemory';
import type { EngineScopes } from './memory/scopes';
import type { SimdOptions } from './options';
import * as normalization from './normalization/normalization';
import { adam, momentum } from './updates/updates';
import type { EngineThreads } from './threads/engineThreads';
import {
  averagePool2d,
  averagePool2dInputGradient,
  maxPool2d,
  maxPool2dInputGradient,
  takeAtMaxima,
} from './pooling/pooling';
import { reduce } from './reduction/reduce';
import { mapRows } from './softmax/mapRows';

/**
 * The engine that computes with WebAssembly vectors of four numbers, in kernels made for each shape
 * while the program runs. What it does not do itself, it hands to `loops`: other element types, and
 * everything once the 4 GiB that 32-bit addresses reach are used up.
 */
export class SimdEngine implements Backend {
  readonly name = 'simd';
  private readonly runner: KernelRunner;

  /** @param memory made by the first operation, if it is not given. */
  constructor(
    memory?: EngineMemory,
    private readonly options: SimdOptions = {},
  ) {
    this.runner = new KernelRunner(memory, options);
  }

  get scopes(): EngineScopes {
    return this.runner.parts.scopes;
  }

  get threads(): EngineThreads {
    return this.runner.parts.threads;
  }

  allocate<D extends DType>(dtype: D, size: number): Storage<D> {
    return this.runner.allocate(dtype, size);
  }

  copy(x: View, out: View): void {
    this.runner.run([x, out], {
      when: isWorthAKernel(this.runner.parts.memory, x, out),
      kernel: (context) => copy(context, x, out),
      otherwise: () => loops.copy(x, out),
    });
  }

  map(kernel: UnaryKernel, x: View, out: View): void {
    this.runner.run([x, out], {
      kernel: (context) => map(context, kernel, x, out),
      otherwise: () => loops.map(kernel, x, out),
    });
  }

  zip(kernel: BinaryKernel, a: View, b: View, out: View): void {
    this.runner.run([a, b, out], {
      kernel: (context) => zip(context, kernel, [a, b], out),
      otherwise: () => loops.zip(kernel, a, b, out),
    });
  }

  reduce(kernel: ReduceKernel, x: View, axes: readonly number[], out: View): void {
    this.runner.run([x, out], {
      kernel: (context) => reduce(context, { kernel, x, axes }, out),
      otherwise: () => loops.reduce(kernel, x, axes, out),
    });
  }

  mapRows(kernel: RowKernel, x: View, out: View): void {
    this.runner.run([x, out], {
      kernel: (context) => mapRows(context, kernel, x, out),
      otherwise: () => loops.mapRows(kernel, x, out),
    });
  }

  matMul(a: View, b: View, out: View): void {
    this.runner.run([a, b, out], {
      kernel: (context) => matMul(context, a, b, out),
      otherwise: () => loops.matMul(a, b, out),
    });
  }

  conv2d(x: View, filter: View, geometry: ConvGeometry, out: View, epilogue?: Epilogue): void {
    const { bias, maxPool } = epilogue ?? {};
    this.runner.run([x, filter, ...(bias === undefined ? [] : [bias]), out], {
      results: [out, ...(maxPool?.places === undefined ? [] : [maxPool.places])],
      kernel: (context) => conv2d(context, { x, filter, out, epilogue }, geometry, this.options),
      otherwise: () => loops.conv2d(x, filter, geometry, out, epilogue),
    });
  }

  conv2dInputGradient(dy: View, filter: View, geometry: ConvGeometry, out: View): void {
    this.runner.run([dy, filter, out], {
      kernel: (context) =>
        ruleFor('conv2dInputGradient', geometry, this.options).run(
          context,
          { dy, filter, out },
          geometry,
        ),
      otherwise: () => loops.conv2dInputGradient(dy, filter, geometry, out),
    });
  }

  conv2dFilterGradient(dy: View, x: View, geometry: ConvGeometry, out: View): void {
    this.runner.run([dy, x, out], {
      kernel: (context) =>
        ruleFor('conv2dFilterGradient', geometry, this.options).run(
          context,
          { dy, x, out },
          geometry,
        ),
      otherwise: () => loops.conv2dFilterGradient(dy, x, geometry, out),
    });
  }

  conv2dPooledFilterGradient(dy: PooledView, x: View, geometry: ConvGeometry, out: View): void {
    this.runner.run([dy.numbers, x, out], {
      kernel: (context) =>
        conv2dPooledFilterGradient(context, { dy, x, out }, geometry, this.options),
      otherwise: () => loops.conv2dPooledFilterGradient(dy, x, geometry, out),
    });
  }

  conv2dPooledInputGradient(dy: PooledView, filter: View, geometry: ConvGeometry, out: View): void {
    this.runner.run([dy.numbers, filter, out], {
      kernel: (context) =>
        conv2dPooledInputGradient(context, { dy, filter, out }, geometry, this.options),
      otherwise: () => loops.conv2dPooledInputGradient(dy, filter, geometry, out),
    });
  }

  unpool(dy: PooledView, out: View): void {
    this.runner.run([dy.numbers, out], {
      kernel: (context) => unpool(context, dy, out),
      otherwise: () => loops.unpool(dy, out),
    });
  }

  maxPool2d(x: View, geometry: PoolGeometry, out: View): void {
    this.runner.run([x, out], {
      kernel: (context) => maxPool2d(context, x, geometry, out),
      otherwise: () => loops.maxPool2d(x, geometry, out),
    });
  }

  takeAtMaxima(values: View, x: View, geometry: PoolGeometry, out: View): void {
    this.runner.run([values, x, out], {
      kernel: (context) => takeAtMaxima(context, [values, x], geometry, out),
      otherwise: () => loops.takeAtMaxima(values, x, geometry, out),
    });
  }

  maxPool2dInputGradient(dy: View, x: View, geometry: PoolGeometry, out: View): void {
    this.runner.run([dy, x, out], {
      kernel: (context) => maxPool2dInputGradient(context, [dy, x], geometry, out),
      otherwise: () => loops.maxPool2dInputGradient(dy, x, geometry, out),
    });
  }

  averagePool2d(x: View, geometry: PoolGeometry, out: View): void {
    this.runner.run([x, out], {
      kernel: (context) => averagePool2d(context, x, geometry, out),
      otherwise: () => loops.averagePool2d(x, geometry, out),
    });
  }

  averagePool2dInputGradient(dy: View, geometry: PoolGeometry, out: View): void {
    this.runner.run([dy, out], {
      kernel: (context) => averagePool2dInputGradient(context, dy, geometry, out),
      otherwise: () => loops.averagePool2dInputGradient(dy, geometry, out),
    });
  }

  moments(x: View, out: Moments): void {
    this.runner.run([x, out.mean, out.variance], {
      results: [out.mean, out.variance],
      kernel: (context) => normalization.moments(context, x, out),
      otherwise: () => loops.moments(x, out),
    });
  }

  normalize(x: View, statistics: Statistics, parameters: ScaleAndShift, out: View): void {
    this.runner.run([x, out], {
      kernel: (context) => normalization.normalize(context, { x, statistics, parameters }, out),
      otherwise: () => loops.normalize(x, statistics, parameters, out),
    });
  }

  normalizeParameterGradient(dy: View, x: View, statistics: Statistics, out: ScaleAndShift): void {
    this.runner.run([dy, x, out.gamma, out.beta], {
      results: [out.gamma, out.beta],
      kernel: (context) =>
        normalization.normalizeParameterGradient(context, [dy, x], statistics, out),
      otherwise: () => loops.normalizeParameterGradient(dy, x, statistics, out),
    });
  }

  batchNormalizationInputGradient(
    [dy, x]: readonly [dy: View, x: View],
    statistics: Statistics,
    parts: BatchGradient,
    out: View,
  ): void {
    this.runner.run([dy, x, out], {
      kernel: (context) =>
        normalization.batchNormalizationInputGradient(context, [dy, x], { statistics, parts }, out),
      otherwise: () => loops.batchNormalizationInputGradient([dy, x], statistics, parts, out),
    });
  }

  adam(step: AdamStep): void {
    const { weight, gradient, mean, meanSquare, out } = step;
    this.runner.run([weight, gradient, mean, meanSquare, out.weight], {
      results: Object.values(out),
      kernel: (context) => adam(context, step),
      otherwise: () => loops.adam!(step),
    });
  }

  momentum(step: MomentumStep): void {
    const { weight, gradient, velocity, out } = step;
    this.runner.run([weight, gradient, velocity, out.weight], {
      results: Object.values(out),
      kernel: (context) => momentum(context, step),
      otherwise: () => loops.momentum!(step),
    });
  }
}
