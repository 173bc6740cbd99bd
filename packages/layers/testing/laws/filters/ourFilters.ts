import { reshape, withBackend, type Backend } from '@gradus/autodiff';
import { Random, type FloatDType, type Tensor } from '@gradus/tensor';
import {
  averageFilter,
  directionalDerivative,
  filters,
  fixedFilter,
  gabor,
  gaussianBlur,
  laplacian,
  prewitt,
  rootScope,
  scharr,
  sobel,
  unsharpMask,
  type Call,
  type Layer,
} from '../../../src/index';
import type {
  FilterImplementation,
  FixedFilter,
  GaborImplementation,
  GaussianImplementation,
  SteerableImplementation,
} from './implementation';

/** Where a filter computes. */
interface Place {
  readonly engine: Backend;
  readonly dtype: FloatDType;
}

/** A layer with one kernel, without strides and padding, as a filter of one channel. */
export function filterOfLayer(layer: Layer, { engine, dtype }: Place): FixedFilter {
  const [height, width] = layer.window!.size as [number, number];
  const built = new Map<string, Call>();
  const random = new Random(0);
  const callFor = (shape: readonly number[]): Call => {
    const key = shape.join();
    const call =
      built.get(key) ?? layer.build([...shape, 1], rootScope('filter', { random, dtype }));
    built.set(key, call);
    return call;
  };
  return {
    size: [height, width],
    apply: (image) =>
      withBackend(engine, () => {
        const x = reshape(image, [1, ...image.shape, 1]);
        const y: Tensor = callFor(image.shape)(x, { training: false, random });
        return reshape(y, y.shape.slice(1, 3));
      }),
  };
}

/** What is said of a filter. */
type Claims = Omit<FilterImplementation, 'name' | 'dtype' | 'size' | 'apply'>;

const gradientFilters = [
  [sobel, 8],
  [scharr, 32],
  [prewitt, 6],
] as const;

/** The fixed filters of Gradus, each with all that is said of it. */
export function fixedFiltersOf(engine: Backend, dtype: FloatDType): FilterImplementation[] {
  const place = { engine, dtype };
  const named = (what: string, layer: Layer, claims: Claims = {}): FilterImplementation => ({
    name: `${what} on ${engine.name}, ${dtype}`,
    dtype,
    ...filterOfLayer(layer, place),
    ...claims,
  });
  const slope = (angle: number, gain: number, turned: Layer): Claims => ({
    sum: 0,
    parity: 'odd',
    slope: { angle, gain, turned: filterOfLayer(turned, place) },
  });
  const even: Claims = { parity: 'even', isIsotropic: true };
  const blur: Claims = { ...even, sum: 1, isPositive: true };
  return [
    ...gradientFilters.map(([layer, gain]) =>
      named(layer.name, layer({ component: 'x' }), slope(0, gain, layer({ component: 'y' }))),
    ),
    ...[0, 0.6875, -2].map((angle) =>
      named(
        `directionalDerivative of angle ${angle}`,
        directionalDerivative({ angle, size: 5 }),
        slope(angle, 1, directionalDerivative({ angle: angle + Math.PI / 2, size: 5 })),
      ),
    ),
    named('laplacian', laplacian(), { ...even, sum: 0, secondMoment: 2 }),
    ...[1, 2, 3].map((size) =>
      named(`averageFilter of size ${size}`, averageFilter({ size }), {
        ...blur,
        secondMoment: (size ** 2 - 1) / 12,
      }),
    ),
    named('gaussianBlur of sigma 0.5', gaussianBlur({ sigma: 0.5 }), blur),
    named('gaussianBlur of an even size', gaussianBlur({ sigma: 1, size: 4 }), blur),
    named('unsharpMask', unsharpMask({ sigma: 0.5, amount: 2 }), { ...even, sum: 1 }),
    named('gabor of phase 0', gabor({ size: 5, psi: 0 }), { parity: 'even' }),
    named('gabor of phase pi/2', gabor({ size: 4, psi: Math.PI / 2 }), { parity: 'odd', sum: 0 }),
    named('smiley', fixedFilter({ kernel: filters.smiley(5) })),
  ];
}

/** `gaussianBlur` on an engine. */
export function gaussianOf(engine: Backend, dtype: FloatDType): GaussianImplementation {
  return {
    name: `gaussianBlur on ${engine.name}, ${dtype}`,
    dtype,
    gaussian: (options) => filterOfLayer(gaussianBlur(options), { engine, dtype }),
  };
}

/** `directionalDerivative` on an engine. */
export function steerableOf(engine: Backend, dtype: FloatDType): SteerableImplementation {
  return {
    name: `directionalDerivative on ${engine.name}, ${dtype}`,
    dtype,
    derivative: (options) => filterOfLayer(directionalDerivative(options), { engine, dtype }),
  };
}

/** `gabor` on an engine. */
export function gaborOf(engine: Backend, dtype: FloatDType): GaborImplementation {
  return {
    name: `gabor on ${engine.name}, ${dtype}`,
    dtype,
    gabor: (options) => filterOfLayer(gabor(options), { engine, dtype }),
  };
}
