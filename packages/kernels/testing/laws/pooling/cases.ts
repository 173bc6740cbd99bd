import type { Shape, Tensor } from '@gradus/tensor';
import { floats, tensors, views, type Domain } from '@gradus/tensor/testing';
import fc from 'fast-check';
import { poolings, type PaddingKind, type Pooling } from '../../generators/poolings';
import type { PerAxis } from '../../../src/index';
import type { PoolingImplementation, PoolingLimits, PoolingSettings } from './implementation';
import { sidesOf } from './windows';

/** Which poolings to draw for a law. */
interface Restriction {
  /** Default: all that the implementation knows. */
  readonly paddings?: readonly Padding[];
  /** Whether windows end exactly where the padded image does, so that it may be turned over. */
  readonly fitting?: boolean;
}

/** The ways to give padding, as limits name them. */
export type Padding = NonNullable<PoolingLimits['paddings']>[number];

/** The shape of images, and how they are pooled. */
export interface PoolingProblem {
  readonly shape: Shape;
  readonly settings: PoolingSettings;
}

/** A pooling, and images for it. */
export interface PoolingCase {
  readonly settings: PoolingSettings;
  readonly x: Tensor;
}

/** Poolings that an implementation can do, and images for them. */
export function poolingCases(
  subject: PoolingImplementation,
  restriction: Restriction = {},
): fc.Arbitrary<PoolingCase> {
  return poolingProblems(subject, restriction).chain(({ settings, shape }) =>
    fc.record({ settings: fc.constant(settings), x: imagesWithTies(subject, shape) }),
  );
}

/** Poolings that an implementation can do. */
export function poolingProblems(
  { limits = {} }: PoolingImplementation,
  { paddings, fitting = false }: Restriction = {},
): fc.Arbitrary<PoolingProblem> {
  const { maxPool = 3, maxStride = 3 } = limits;
  const known = limits.paddings ?? ['valid', 'same', 'explicit'];
  const kinds = known.filter((kind) => paddings?.includes(kind) ?? true);
  return poolings({
    maxPool: Math.min(maxPool, 3),
    maxStride,
    // More than engines compute at once.
    maxChannels: 5,
    paddings: kinds.flatMap((kind): PaddingKind[] =>
      kind === 'explicit' ? ['number', 'pairs'] : [kind],
    ),
  }).map(({ x, options }) => {
    const settings = settingsOf(options);
    return { settings, shape: fitting ? fittingShape(x, settings) : x };
  });
}

/** Images of a shape in the implementation's element type, in any layout if it takes them. */
export function images(
  { dtype, views: any = false }: PoolingImplementation,
  shape: Shape,
  domain: Domain = {},
): fc.Arbitrary<Tensor> {
  return any ? views(shape, { dtype, domain }) : tensors(shape, { dtype, domain });
}

/** Numbers of the whole range, or few different ones, so that windows have several maxima. */
export function imagesWithTies(subject: PoolingImplementation, shape: Shape): fc.Arbitrary<Tensor> {
  return fc.oneof(
    { withCrossShrink: true },
    images(subject, shape, { low: -1 / 64, high: 1 / 64 }),
    { arbitrary: images(subject, shape), weight: 2 },
  );
}

/** A factor, other than 0 so that something is left. */
export const factors = floats({ gap: 1 / 64 });

/** The same options in the one form that settings have. */
function settingsOf(options: Pooling['options']): PoolingSettings {
  const { poolSize, strides = poolSize, padding = 'valid' } = options;
  return {
    poolSize: pairOf(poolSize),
    strides: pairOf(strides),
    padding: typeof padding === 'number' ? [pairOf(padding), pairOf(padding)] : padding,
  };
}

function pairOf(size: PerAxis): readonly [number, number] {
  return typeof size === 'number' ? [size, size] : size;
}

/** The shape made larger by the pixels that the last windows leave out. */
function fittingShape(x: Shape, settings: PoolingSettings): Shape {
  const sides = sidesOf(x, settings);
  const grown = (axis: 0 | 1): number => {
    const size = x[axis + 1]!;
    const { poolSize, strides } = settings;
    const steps = size + sides[axis][0] + sides[axis][1] - poolSize[axis];
    return size + ((strides[axis] - (steps % strides[axis])) % strides[axis]);
  };
  return [x[0]!, grown(0), grown(1), x[3]!];
}
