import type { DType, Storage, View } from '@gradus/tensor';
import type { Backend, BinaryKernel, ReduceKernel, RowKernel, UnaryKernel } from '../backend';
import type { ConvGeometry } from '../convGeometry';
import type { Epilogue, MatMulEpilogue, PooledView } from '../epilogue';
import { loops } from '../loops';
import type { BatchGradient, Moments, ScaleAndShift, Statistics } from '../normalization';
import type { PoolGeometry } from '../poolGeometry';
import type { AdamStep, MomentumStep } from '../updates';
import { ruleFor } from './convolution/choice';
import { conv2d } from './convolution/conv2d';
import {
  conv2dPooledParameterGradient,
  conv2dPooledInputGradient,
} from './convolution/pooledGradients';
import { unpool } from './pooling/unpool';
import { copy, isWorthAKernel } from './copy/copy';
import { map, zip } from './elementwise/elementwise';
import { binaryFormulas, unaryFormulas } from './elementwise/formulas';
import { isWorthACall, matMul } from './matMul/matMul';
import { KernelRunner } from './kernelRunner';
import { LoopsOnly } from './loopsOnly';
import type { EngineMemory } from './memory/engineMemory';
import type { EngineScopes } from './memory/scopes';
import type { SimdOptions } from './options';
import { numbersOf } from './plans/geometry';
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
export class SimdEngine extends LoopsOnly implements Backend {
  readonly name = 'simd';
  protected readonly runner: KernelRunner;

  /** @param memory made by the first operation, if it is not given. */
  constructor(
    memory?: EngineMemory,
    private readonly options: SimdOptions = {},
  ) {
    super();
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
    this.runner.run({
      operands: { x, out },
      operation: ['copy'],
      when: isWorthAKernel(this.runner.parts.memory, x, out),
      kernel: (context, views) => copy(context, views.x, views.out),
      otherwise: () => loops.copy(x, out),
    });
  }

  map(kernel: UnaryKernel, x: View, out: View): void {
    this.runner.run({
      operands: { x, out },
      operation: ['map', kernel],
      when: kernel in unaryFormulas,
      kernel: (context, views) => map(context, kernel, views.x, views.out),
      otherwise: () => loops.map(kernel, x, out),
    });
  }

  zip(kernel: BinaryKernel, a: View, b: View, out: View): void {
    this.runner.run({
      operands: { a, b, out },
      operation: ['zip', kernel],
      when: kernel in binaryFormulas,
      kernel: (context, views) => zip(context, kernel, [views.a, views.b], views.out),
      otherwise: () => loops.zip(kernel, a, b, out),
    });
  }

  reduce(kernel: ReduceKernel, x: View, axes: readonly number[], out: View): void {
    this.runner.run({
      operands: { x, out },
      operation: ['reduce', kernel, ...axes],
      kernel: (context, views) => reduce(context, { kernel, x: views.x, axes }, views.out),
      otherwise: () => loops.reduce(kernel, x, axes, out),
    });
  }

  mapRows(kernel: RowKernel, x: View, out: View): void {
    this.runner.run({
      operands: { x, out },
      operation: ['mapRows', kernel],
      kernel: (context, views) => mapRows(context, kernel, views.x, views.out),
      otherwise: () => loops.mapRows(kernel, x, out),
    });
  }

  matMul(a: View, b: View, out: View, epilogue: MatMulEpilogue = {}): void {
    const { bias, relu = false } = epilogue;
    this.runner.run({
      operands: { a, b, bias, out },
      operation: ['matMul', relu],
      when: isWorthACall(a, out),
      kernel: (context, { bias, ...views }) =>
        matMul(context, { ...views, epilogue: { bias, relu } }),
      otherwise: () => loops.matMul(a, b, out, epilogue),
    });
  }

  conv2d(x: View, filter: View, geometry: ConvGeometry, out: View, epilogue?: Epilogue): void {
    const { bias, relu = false, maxPool } = epilogue ?? {};
    const places = maxPool?.places;
    this.runner.run({
      operands: { x, filter, bias, places, out },
      operation: ['conv2d', relu, maxPool !== undefined, ...numbersOf(geometry)],
      results: places === undefined ? [out] : [out, places],
      kernel: (context, { bias, places, ...views }) => {
        const ending = epilogue && { bias, relu, maxPool: maxPool && { places } };
        conv2d(context, { ...views, epilogue: ending }, geometry, this.options);
      },
      otherwise: () => loops.conv2d(x, filter, geometry, out, epilogue),
    });
  }

  conv2dInputGradient(dy: View, filter: View, geometry: ConvGeometry, out: View): void {
    this.runner.run({
      operands: { dy, filter, out },
      operation: ['conv2dInputGradient', ...numbersOf(geometry)],
      kernel: (context, views) =>
        ruleFor('conv2dInputGradient', geometry, this.options).run(context, views, geometry),
      otherwise: () => loops.conv2dInputGradient(dy, filter, geometry, out),
    });
  }

  conv2dFilterGradient(dy: View, x: View, geometry: ConvGeometry, out: View): void {
    this.runner.run({
      operands: { dy, x, out },
      operation: ['conv2dFilterGradient', ...numbersOf(geometry)],
      kernel: (context, views) =>
        ruleFor('conv2dFilterGradient', geometry, this.options).run(context, views, geometry),
      otherwise: () => loops.conv2dFilterGradient(dy, x, geometry, out),
    });
  }

  conv2dPooledParameterGradient(dy: PooledView, x: View, geometry: ConvGeometry, out: View): void {
    this.runner.run({
      operands: { ...dy, x, out },
      operation: ['conv2dPooledParameterGradient', ...numbersOf(geometry)],
      kernel: (context, { x, out, ...dy }) =>
        conv2dPooledParameterGradient(context, { dy, x, out }, geometry, this.options),
      otherwise: () => loops.conv2dPooledParameterGradient(dy, x, geometry, out),
    });
  }

  conv2dPooledInputGradient(dy: PooledView, filter: View, geometry: ConvGeometry, out: View): void {
    this.runner.run({
      operands: { ...dy, filter, out },
      operation: ['conv2dPooledInputGradient', ...numbersOf(geometry)],
      kernel: (context, { filter, out, ...dy }) =>
        conv2dPooledInputGradient(context, { dy, filter, out }, geometry, this.options),
      otherwise: () => loops.conv2dPooledInputGradient(dy, filter, geometry, out),
    });
  }

  unpool(dy: PooledView, out: View): void {
    this.runner.run({
      operands: { ...dy, out },
      operation: ['unpool'],
      kernel: (context, { out, ...dy }) => unpool(context, dy, out),
      otherwise: () => loops.unpool(dy, out),
    });
  }

  maxPool2d(x: View, geometry: PoolGeometry, out: View): void {
    this.runner.run({
      operands: { x, out },
      operation: ['maxPool2d', ...numbersOf(geometry)],
      kernel: (context, views) => maxPool2d(context, views.x, geometry, views.out),
      otherwise: () => loops.maxPool2d(x, geometry, out),
    });
  }

  takeAtMaxima(values: View, x: View, geometry: PoolGeometry, out: View): void {
    this.runner.run({
      operands: { values, x, out },
      operation: ['takeAtMaxima', ...numbersOf(geometry)],
      kernel: (context, { values, x, out }) => takeAtMaxima(context, [values, x], geometry, out),
      otherwise: () => loops.takeAtMaxima(values, x, geometry, out),
    });
  }

  maxPool2dInputGradient(dy: View, x: View, geometry: PoolGeometry, out: View): void {
    this.runner.run({
      operands: { dy, x, out },
      operation: ['maxPool2dInputGradient', ...numbersOf(geometry)],
      kernel: (context, { dy, x, out }) => maxPool2dInputGradient(context, [dy, x], geometry, out),
      otherwise: () => loops.maxPool2dInputGradient(dy, x, geometry, out),
    });
  }

  averagePool2d(x: View, geometry: PoolGeometry, out: View): void {
    this.runner.run({
      operands: { x, out },
      operation: ['averagePool2d', ...numbersOf(geometry)],
      kernel: (context, views) => averagePool2d(context, views.x, geometry, views.out),
      otherwise: () => loops.averagePool2d(x, geometry, out),
    });
  }

  averagePool2dInputGradient(dy: View, geometry: PoolGeometry, out: View): void {
    this.runner.run({
      operands: { dy, out },
      operation: ['averagePool2dInputGradient', ...numbersOf(geometry)],
      kernel: (context, { dy, out }) => averagePool2dInputGradient(context, dy, geometry, out),
      otherwise: () => loops.averagePool2dInputGradient(dy, geometry, out),
    });
  }

  moments(x: View, out: Moments): void {
    this.runner.run({
      operands: { x, ...out },
      results: [out.mean, out.variance],
      kernel: (context) => normalization.moments(context, x, out),
      otherwise: () => loops.moments(x, out),
    });
  }

  normalize(x: View, statistics: Statistics, parameters: ScaleAndShift, out: View): void {
    this.runner.run({
      operands: { x, out },
      kernel: (context) => normalization.normalize(context, { x, statistics, parameters }, out),
      otherwise: () => loops.normalize(x, statistics, parameters, out),
    });
  }

  normalizeParameterGradient(dy: View, x: View, statistics: Statistics, out: ScaleAndShift): void {
    this.runner.run({
      operands: { dy, x, ...out },
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
    this.runner.run({
      operands: { dy, x, out },
      kernel: (context) =>
        normalization.batchNormalizationInputGradient(context, [dy, x], { statistics, parts }, out),
      otherwise: () => loops.batchNormalizationInputGradient([dy, x], statistics, parts, out),
    });
  }

  adam(step: AdamStep): void {
    const { weight, gradient, mean, meanSquare, out } = step;
    this.runner.run({
      operands: { weight, gradient, mean, meanSquare, out: out.weight },
      results: Object.values(out),
      kernel: (context) => adam(context, step),
      otherwise: () => loops.adam!(step),
    });
  }

  momentum(step: MomentumStep): void {
    const { weight, gradient, velocity, out } = step;
    this.runner.run({
      operands: { weight, gradient, velocity, out: out.weight },
      results: Object.values(out),
      kernel: (context) => momentum(context, step),
      otherwise: () => loops.momentum!(step),
    });
  }
}
