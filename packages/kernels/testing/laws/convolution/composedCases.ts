import type { Tensor } from '@gradus/tensor';
import fc from 'fast-check';
import { deltaFilter } from './filters';
import type {
  ConvolutionImplementation,
  ConvolutionLimits,
  ConvolutionPadding,
  ConvolutionSettings,
} from './implementation';
import { convolutionProblems, numbersFor, paddingsWithin, type DrawnConvolution } from './problems';

/** Two convolutions one after the other, and the settings of one that does what both do. */
export interface ComposedConvolutions {
  readonly x: Tensor;
  readonly first: Tensor;
  readonly firstSettings: ConvolutionSettings;
  readonly second: Tensor;
  readonly secondSettings: ConvolutionSettings;
  readonly settings: ConvolutionSettings;
}

/** A convolution of each channel by itself, and then one that mixes the channels of each pixel. */
export interface SeparableConvolution {
  readonly x: Tensor;
  /** `[height, width, 1, channels]` */
  readonly depthwise: Tensor;
  /** `[1, 1, channels, filters]` */
  readonly pointwise: Tensor;
  /** Of the first one, without its groups. */
  readonly settings: ConvolutionSettings;
  readonly pointwiseSettings: ConvolutionSettings;
}

/** Convolutions with a filter that is 1 at one tap, with padding that puts it in the middle. */
export function deltaCases(
  implementation: ConvolutionImplementation,
): fc.Arbitrary<DrawnConvolution & { readonly tap: readonly [row: number, column: number] }> {
  const paddings = ['valid', 'explicit'] as const;
  const problems = convolutionProblems(implementation.limits, { maxStride: 1, paddings });
  return problems.chain(({ x, filter, settings }) => {
    const [height, width, channels] = filter as [number, number, number];
    const [vertical, horizontal] = settings.dilations;
    return fc.record({ row: fc.nat(height - 1), column: fc.nat(width - 1) }).chain((tap) => {
      const around: ConvolutionPadding = [
        [tap.row * vertical, (height - 1 - tap.row) * vertical],
        [tap.column * horizontal, (width - 1 - tap.column) * horizontal],
      ];
      const shape = [height, width, channels, x[3]!];
      const at = [tap.row, tap.column] as const;
      return fc.record({
        x: numbersFor(implementation, x),
        filter: fc.constant(deltaFilter(shape, at, implementation.dtype)),
        settings: fc.constant({
          ...settings,
          padding: settings.padding === 'valid' ? ('valid' as const) : around,
        }),
        tap: fc.constant(at),
      });
    });
  });
}

/** Depthwise convolutions with 1x1 convolutions after them. */
export function separableCases(
  implementation: ConvolutionImplementation,
): fc.Arbitrary<SeparableConvolution> {
  const { limits = {} } = implementation;
  const maxChannels = Math.min(3, limits.maxGroups ?? 3);
  return convolutionProblems(limits, { maxGroups: 1, maxChannels }).chain(
    ({ x, filter, settings }) => {
      const [height, width, channels, filters] = filter as [number, number, number, number];
      return fc.record({
        x: numbersFor(implementation, x),
        depthwise: numbersFor(implementation, [height, width, 1, channels]),
        pointwise: numbersFor(implementation, [1, 1, channels, filters]),
        settings: fc.constant(settings),
        pointwiseSettings: fc.constant(plainSettings(limits)),
      });
    },
  );
}

/** Convolutions along the columns with convolutions along the rows after them. */
export function factoredCases(
  implementation: ConvolutionImplementation,
): fc.Arbitrary<ComposedConvolutions> {
  const problems = convolutionProblems(implementation.limits, { maxGroups: 1 });
  return fc.tuple(problems, fc.integer({ min: 1, max: 3 })).chain(([problem, between]) => {
    const { x, filter, settings } = problem;
    const [height, width, channels, filters] = filter as [number, number, number, number];
    return fc.record({
      x: numbersFor(implementation, x),
      first: numbersFor(implementation, [height, 1, channels, between]),
      firstSettings: fc.constant(alongAxis(0, settings)),
      second: numbersFor(implementation, [1, width, between, filters]),
      secondSettings: fc.constant(alongAxis(1, settings)),
      settings: fc.constant(settings),
    });
  });
}

/** Two filters of any size, without padding or with as much as makes the result largest. */
export function composedCases(
  implementation: ConvolutionImplementation,
): fc.Arbitrary<ComposedConvolutions> {
  const { limits = {} } = implementation;
  const {
    minKernel = 1,
    maxKernel = Infinity,
    maxStride = 2,
    stridesWithDilations = true,
  } = limits;
  const largest = Math.max(minKernel, maxKernel < 5 ? 2 : 3);
  const kernels = fc.integer({ min: minKernel, max: largest });
  const steps = fc.integer({ min: 1, max: Math.min(2, maxStride) });
  const problems = convolutionProblems(limits, {
    maxKernel: largest,
    maxStride: 1,
    maxGroups: 1,
    paddings: ['valid', 'explicit'],
  });
  const others = fc.record({
    size: fc.tuple(kernels, kernels),
    filters: fc.integer({ min: 1, max: 3 }),
    strides: fc.tuple(steps, steps),
  });
  return fc
    .tuple(problems, others)
    .chain(([{ x, filter, settings }, { size, filters, strides }]) => {
      const [batch, height, width, channels] = x as [number, number, number, number];
      const [down, right] = settings.dilations;
      const isFull = settings.padding !== 'valid';
      const mayStep = stridesWithDilations || down * right === 1;
      const last = { ...settings, strides: mayStep ? strides : ([1, 1] as const) };
      const composed = [filter[0]! + size[0] - 1, filter[1]! + size[1] - 1];
      const padded = (kernel: readonly number[], own: ConvolutionSettings): ConvolutionSettings =>
        isFull ? { ...own, padding: fullPadding(kernel, own) } : own;
      return fc.record({
        // Large enough for both filters.
        x: numbersFor(implementation, [
          batch,
          height + (size[0] - 1) * down,
          width + (size[1] - 1) * right,
          channels,
        ]),
        first: numbersFor(implementation, filter),
        firstSettings: fc.constant(padded(filter, settings)),
        second: numbersFor(implementation, [...size, filter[3]!, filters]),
        secondSettings: fc.constant(padded(size, last)),
        settings: fc.constant(padded(composed, last)),
      });
    });
}

/** As many zeros as every window needs that sees any pixel at all. */
function fullPadding(
  [height, width]: readonly number[],
  { dilations }: ConvolutionSettings,
): ConvolutionPadding {
  const [vertical, horizontal] = [(height! - 1) * dilations[0], (width! - 1) * dilations[1]];
  return [
    [vertical, vertical],
    [horizontal, horizontal],
  ];
}

/** The settings of one axis (0 vertical, 1 horizontal), and plain ones for the other. */
function alongAxis(
  axis: 0 | 1,
  { strides, dilations, padding, groups }: ConvolutionSettings,
): ConvolutionSettings {
  const only = <T>(pair: readonly [T, T], plain: T): readonly [T, T] =>
    axis === 0 ? [pair[0], plain] : [plain, pair[1]];
  return {
    strides: only(strides, 1),
    dilations: only(dilations, 1),
    padding:
      typeof padding === 'string' ? padding : only<readonly [number, number]>(padding, [0, 0]),
    groups,
  };
}

/** Without strides, dilations and groups, and without padding if filters are 1x1. */
function plainSettings(limits: ConvolutionLimits): ConvolutionSettings {
  const [way] = paddingsWithin({}, limits);
  const none = [0, 0] as const;
  const padding = way === 'explicit' ? ([none, none] as const) : way!;
  return { strides: [1, 1], dilations: [1, 1], padding, groups: 1 };
}
