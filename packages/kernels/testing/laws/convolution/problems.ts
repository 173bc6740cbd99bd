import type { Shape, Tensor } from '@gradus/tensor';
import { tensors, views } from '@gradus/tensor/testing';
import fc from 'fast-check';
import {
  convolutions,
  type Convolution,
  type ConvolutionOptions,
} from '../../generators/convolutions';
import type {
  ConvolutionImplementation,
  ConvolutionLimits,
  ConvolutionSettings,
} from './implementation';

/** A legal convolution: its shapes and its settings. */
export interface ConvolutionProblem {
  /** `[batch, height, width, channels]` */
  readonly x: Shape;
  /** `[filterHeight, filterWidth, channels / groups, filters]` */
  readonly filter: Shape;
  readonly settings: ConvolutionSettings;
}

/** The ways to give the padding of a problem. */
export type PaddingWay = 'valid' | 'same' | 'explicit';

/** Which problems a law is about, within what an implementation can do. */
export interface ConvolutionDomain extends Omit<ConvolutionOptions, 'paddings'> {
  readonly paddings?: readonly PaddingWay[];
}

const ways: readonly PaddingWay[] = ['valid', 'same', 'explicit'];

/** The ways to give the padding that both a law and an implementation know. */
export function paddingsWithin(
  { paddings = ways }: ConvolutionDomain,
  limits: ConvolutionLimits = {},
): readonly PaddingWay[] {
  return paddings.filter((way) => (limits.paddings ?? ways).includes(way));
}

/**
 * Convolutions of every kind, as `convolutions` draws them, that lie in a domain and within the limits
 * of an implementation. They shrink towards one pixel, a filter of the smallest size and one channel.
 */
export function convolutionProblems(
  limits: ConvolutionLimits = {},
  domain: ConvolutionDomain = {},
): fc.Arbitrary<ConvolutionProblem> {
  const { maxStride, maxDilation, maxGroups, minKernel = 1, maxKernel } = limits;
  const least = (most: number, limit = Infinity): number => Math.min(most, limit);
  const smallest = Math.max(minKernel, domain.minKernel ?? 1);
  return convolutions({
    ...domain,
    minKernel: smallest,
    maxKernel: least(Math.max(smallest, domain.maxKernel ?? 3), maxKernel),
    maxStride: least(domain.maxStride ?? domain.maxStep ?? 2, maxStride),
    maxDilation: least(domain.maxDilation ?? domain.maxStep ?? 2, maxDilation),
    stridesWithDilations: limits.stridesWithDilations ?? true,
    maxGroups: least(domain.maxGroups ?? 3, maxGroups),
    paddings: paddingsWithin(domain, limits).map((way) => (way === 'explicit' ? 'pairs' : way)),
  }).map(problemOf);
}

function problemOf({ x, filter, options }: Convolution): ConvolutionProblem {
  // All that `convolutions` draws is given on both axes; only a number can stand for its pairs.
  const [strides, dilations] = [options.strides, options.dilations].map(onBothAxes);
  const { padding, groups } = options;
  const settings = { strides: strides!, dilations: dilations!, groups };
  if (typeof padding !== 'number') return { x, filter, settings: { ...settings, padding } };
  const sides = [padding, padding] as const;
  return { x, filter, settings: { ...settings, padding: [sides, sides] } };
}

function onBothAxes(
  step: number | readonly [number, number],
): readonly [vertical: number, horizontal: number] {
  return typeof step === 'number' ? [step, step] : step;
}

/** A problem with numbers, and so a case that failures print. */
export interface DrawnConvolution {
  readonly x: Tensor;
  readonly filter: Tensor;
  readonly settings: ConvolutionSettings;
}

/** Problems with numbers that an implementation takes. */
export function drawnConvolutions(
  implementation: ConvolutionImplementation,
  problems: fc.Arbitrary<ConvolutionProblem>,
): fc.Arbitrary<DrawnConvolution> {
  return problems.chain(({ x, filter, settings }) =>
    fc.record({
      x: numbersFor(implementation, x),
      filter: numbersFor(implementation, filter),
      settings: fc.constant(settings),
    }),
  );
}

/** Tensors that an implementation takes. */
export function numbersFor(
  { dtype, views: anyLayout = false }: Pick<ConvolutionImplementation, 'dtype' | 'views'>,
  shape: Shape,
): fc.Arbitrary<Tensor> {
  return anyLayout ? views(shape, { dtype }) : tensors(shape, { dtype });
}
