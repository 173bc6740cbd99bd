import type { Shape } from '@gradus/tensor';
import fc from 'fast-check';
import {
  convGeometry,
  effectiveKernelSize,
  type ConvGeometry,
  type ConvOptions,
  type Padding,
} from '../../src/index';

/** The shapes and options of a legal convolution. */
export interface Convolution {
  /** `[batch, height, width, channels]` */
  readonly x: Shape;
  /** `[filterHeight, filterWidth, channels / groups, filters]` */
  readonly filter: Shape;
  readonly options: Required<ConvOptions>;
}

/** Which convolutions to draw. */
export interface ConvolutionOptions {
  /** Smallest batch; default 1. With 0, convolutions of no images are drawn too. */
  readonly minBatch?: number;
  /** Smallest height and width of a kernel; default 1. */
  readonly minKernel?: number;
  /** Largest height and width of a kernel; default 4. */
  readonly maxKernel?: number;
  /** Largest stride and dilation; default 3. */
  readonly maxStep?: number;
  /** Default `maxStep`. */
  readonly maxStride?: number;
  /** Default `maxStep`. */
  readonly maxDilation?: number;
  /** Whether some have strides and dilations above 1 at once; default true. */
  readonly stridesWithDilations?: boolean;
  /** Ways to give the padding; default all four. */
  readonly paddings?: readonly ('valid' | 'same' | 'number' | 'pairs')[];
  /** Fewest groups; default 1. */
  readonly minGroups?: number;
  /** Most groups; default 3. */
  readonly maxGroups?: number;
  /** Most channels and filters in a group; default 3. */
  readonly maxChannels?: number;
  /**
   * Smallest height, width, and number of channels and filters in a group; default 1. With 0,
   * images without pixels and pixels without channels are drawn too.
   */
  readonly minSize?: 0 | 1;
}

/**
 * Legal convolutions of every kind: oblong images and kernels, single pixels, strides, dilations,
 * groups (depthwise where a group has one channel), every way to give the padding, kernels as large
 * as the padded image, and with padding larger than the image. They are legal by construction: the
 * kernel comes first, and the image is made large enough for it. They shrink towards one pixel, a
 * 1x1 kernel and one channel.
 */
export function convolutions(options: ConvolutionOptions = {}): fc.Arbitrary<Convolution> {
  const { minBatch, minGroups, maxGroups, minSize, maxChannels, paddings, ...own } =
    withDefaults(options);
  // Without strides and dilations engines take paths of their own, so these are drawn often.
  const kinds = own.stridesWithDilations
    ? (['dense', 'any', 'any'] as const)
    : (['dense', 'strided', 'dilated'] as const);
  return fc
    .record({
      batch: fc.integer({ min: minBatch, max: Math.max(minBatch, 3) }),
      vertical: axes(own),
      horizontal: axes(own),
      padding: fc.constantFrom(...paddings),
      groups: fc.integer({ min: minGroups, max: maxGroups }),
      channelsPerGroup: fc.integer({ min: minSize, max: maxChannels }),
      filtersPerGroup: fc.integer({ min: minSize, max: maxChannels }),
      kind: fc.constantFrom(...kinds),
      // Depthwise ones are groups as networks use them, and engines have paths of their own for them.
      depthwise: fc.boolean(),
    })
    .map(({ vertical, horizontal, kind, depthwise, ...drawn }) => ({
      ...drawn,
      vertical: ofKind(kind, vertical),
      horizontal: ofKind(kind, horizontal),
      channelsPerGroup: depthwise && drawn.groups > 1 ? 1 : drawn.channelsPerGroup,
    }))
    .map(({ batch, vertical, horizontal, padding, groups, channelsPerGroup, filtersPerGroup }) => ({
      x: [
        batch,
        imageSize(vertical, padding, vertical, minSize),
        imageSize(horizontal, padding, vertical, minSize),
        groups * channelsPerGroup,
      ],
      filter: [vertical.kernel, horizontal.kernel, channelsPerGroup, groups * filtersPerGroup],
      options: {
        strides: [vertical.stride, horizontal.stride],
        dilations: [vertical.dilation, horizontal.dilation],
        padding: paddingOption(padding, vertical, horizontal),
        groups,
      },
    }));
}

/** The geometry of a drawn convolution. */
export function geometryOf({ x, filter, options }: Convolution): ConvGeometry {
  return convGeometry('conv2d', x, filter, options);
}

interface Axis {
  readonly kernel: number;
  readonly stride: number;
  readonly dilation: number;
  readonly before: number;
  readonly after: number;
  /** Pixels beyond the fewest that the kernel needs. */
  readonly extra: number;
}

type PaddingKind = 'valid' | 'same' | 'number' | 'pairs';

function withDefaults(options: ConvolutionOptions): Required<ConvolutionOptions> {
  const { maxStep = 3 } = options;
  return {
    minBatch: 1,
    minKernel: 1,
    maxKernel: 4,
    maxStep,
    maxStride: maxStep,
    maxDilation: maxStep,
    stridesWithDilations: true,
    paddings: ['valid', 'same', 'number', 'pairs'],
    minGroups: 1,
    maxGroups: 3,
    maxChannels: 3,
    minSize: 1,
    ...options,
  };
}

type AxisOptions = Pick<
  ConvolutionOptions,
  'minKernel' | 'maxKernel' | 'maxStride' | 'maxDilation'
>;

function axes(options: Required<AxisOptions>): fc.Arbitrary<Axis> {
  const { minKernel, maxKernel, maxStride, maxDilation } = options;
  return fc.record({
    kernel: fc.integer({ min: minKernel, max: maxKernel }),
    stride: fc.integer({ min: 1, max: maxStride }),
    dilation: fc.integer({ min: 1, max: maxDilation }),
    before: fc.nat({ max: 3 }),
    after: fc.nat({ max: 3 }),
    extra: fc.nat({ max: 5 }),
  });
}

function ofKind(kind: 'dense' | 'strided' | 'dilated' | 'any', axis: Axis): Axis {
  const stride = kind === 'strided' || kind === 'any' ? axis.stride : 1;
  const dilation = kind === 'dilated' || kind === 'any' ? axis.dilation : 1;
  return { ...axis, stride, dilation };
}

/** A single number pads all four sides; it is the vertical axis's `before`. */
function imageSize(axis: Axis, padding: PaddingKind, vertical: Axis, least: 0 | 1): number {
  if (padding === 'same') return least + axis.extra;
  const reach = effectiveKernelSize(axis.kernel, axis.dilation);
  const padded = { valid: 0, number: 2 * vertical.before, pairs: axis.before + axis.after };
  return Math.max(least, reach - padded[padding]) + axis.extra;
}

function paddingOption(padding: PaddingKind, vertical: Axis, horizontal: Axis): Padding {
  if (padding === 'valid' || padding === 'same') return padding;
  if (padding === 'number') return vertical.before;
  return [
    [vertical.before, vertical.after],
    [horizontal.before, horizontal.after],
  ];
}
