import type { Shape } from '@gradus/tensor';
import fc from 'fast-check';
import {
  convGeometry,
  effectiveKernelSize,
  type ConvGeometry,
  type ConvOptions,
  type Padding,
} from '../src/index';

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
export function convolutions({
  minBatch = 1,
  minKernel = 1,
  maxKernel = 4,
  maxStep = 3,
  maxGroups = 3,
  maxChannels = 3,
  minSize = 1,
}: ConvolutionOptions = {}): fc.Arbitrary<Convolution> {
  return fc
    .record({
      batch: fc.integer({ min: minBatch, max: 3 }),
      vertical: axes([minKernel, maxKernel], maxStep),
      horizontal: axes([minKernel, maxKernel], maxStep),
      padding: fc.constantFrom('valid', 'same', 'number', 'pairs'),
      groups: fc.integer({ min: 1, max: maxGroups }),
      channelsPerGroup: fc.integer({ min: minSize, max: maxChannels }),
      filtersPerGroup: fc.integer({ min: minSize, max: maxChannels }),
      // Without strides and dilations engines take paths of their own, so these are drawn often.
      kind: fc.constantFrom('dense', 'any', 'any'),
    })
    .map(({ vertical, horizontal, kind, ...drawn }) => ({
      ...drawn,
      vertical: kind === 'dense' ? dense(vertical) : vertical,
      horizontal: kind === 'dense' ? dense(horizontal) : horizontal,
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

function axes([min, max]: readonly [number, number], maxStep: number): fc.Arbitrary<Axis> {
  return fc.record({
    kernel: fc.integer({ min, max }),
    stride: fc.integer({ min: 1, max: maxStep }),
    dilation: fc.integer({ min: 1, max: maxStep }),
    before: fc.nat({ max: 3 }),
    after: fc.nat({ max: 3 }),
    extra: fc.nat({ max: 5 }),
  });
}

function dense(axis: Axis): Axis {
  return { ...axis, stride: 1, dilation: 1 };
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
