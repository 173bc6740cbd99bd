import { formatShape, ShapeError, type Shape } from '@gradus/tensor';
import {
  checkCount,
  checkImages,
  windowAxes,
  windowSizes,
  type Padding,
  type PerAxis,
  type WindowAxes,
} from './windowAxes';

export { effectiveKernelSize, type Padding, type PerAxis } from './windowAxes';

/** How a convolution walks over an image. */
export interface ConvOptions {
  /** Distance, in pixels, between neighbouring output positions. Default 1. */
  readonly strides?: PerAxis;
  /** Default 'valid'. */
  readonly padding?: Padding;
  /** Distance, in pixels, between neighbouring taps of the kernel. Default 1. */
  readonly dilations?: PerAxis;
  /** Number of channel groups that are convolved apart from each other. Default 1. */
  readonly groups?: number;
}

/** All sizes of one convolution, resolved and checked. */
export interface ConvGeometry {
  readonly batch: number;
  readonly input: { readonly height: number; readonly width: number; readonly channels: number };
  readonly filter: { readonly height: number; readonly width: number };
  readonly output: { readonly height: number; readonly width: number; readonly channels: number };
  readonly strides: { readonly vertical: number; readonly horizontal: number };
  readonly dilations: { readonly vertical: number; readonly horizontal: number };
  readonly padding: {
    readonly top: number;
    readonly bottom: number;
    readonly left: number;
    readonly right: number;
  };
  readonly groups: number;
}

/**
 * The geometry of the convolution `op` of x [batch, height, width, channels] with a filter
 * [filterHeight, filterWidth, channels / groups, outChannels]; for its sizes see `windowAxes`.
 * @throws ShapeError if ranks or channels do not fit, or the kernel is larger than the padded image.
 * @throws OptionError if a stride, dilation, padding or number of groups is out of range.
 */
export function convGeometry(
  op: string,
  x: Shape,
  filter: Shape,
  { strides = 1, padding = 'valid', dilations = 1, groups = 1 }: ConvOptions = {},
): ConvGeometry {
  checkCount(op, 'groups', groups);
  checkImages(op, x);
  checkFilter(op, filter);
  checkChannels(op, x, filter, groups);
  const axes = windowAxes(op, x, [filter[0]!, filter[1]!], { strides, padding, dilations });
  if (axes.vertical.output <= 0 || axes.horizontal.output <= 0) {
    if (padding !== 'same') throw kernelTooLarge(op, x, filter, axes);
  }
  const { output, strides: steps, dilations: distances, padding: sides } = windowSizes(axes);
  return {
    batch: x[0]!,
    input: { height: x[1]!, width: x[2]!, channels: x[3]! },
    filter: { height: filter[0]!, width: filter[1]! },
    output: { height: output.height, width: output.width, channels: filter[3]! },
    strides: steps,
    dilations: distances,
    padding: sides,
    groups,
  };
}

/** The shape of a convolution's result: `[batch, height, width, channels]`. */
export function convOutputShape({ batch, output }: ConvGeometry): number[] {
  return [batch, output.height, output.width, output.channels];
}

function checkFilter(op: string, filter: Shape): void {
  if (filter.length === 4 && !filter.slice(0, 2).includes(0)) return;
  throw new ShapeError({
    op,
    expected: 'a filter [height, width, channels / groups, filters] of at least 1x1',
    received: formatShape(filter),
  });
}

function checkChannels(op: string, x: Shape, filter: Shape, groups: number): void {
  const perGroup = filter[2]!;
  if (x[3] !== perGroup * groups) {
    const channelsFirst = x[1] === perGroup * groups;
    throw new ShapeError({
      op,
      expected: `x [batch, height, width, ${perGroup * groups}]`,
      received: formatShape(x),
      hint: channelsFirst
        ? `The last axis is ${x[3]}; channels come last. Try transpose(x, [0, 2, 3, 1]).`
        : `The last axis is ${x[3]}; the filter ${formatShape(filter)} takes ${perGroup} channels in each of ${groups} group${groups === 1 ? '' : 's'}.`,
    });
  }
  if (filter[3]! % groups !== 0) {
    throw new ShapeError({
      op,
      expected: `a number of filters divisible by ${groups} groups`,
      received: `${filter[3]}`,
    });
  }
}

function kernelTooLarge(
  op: string,
  x: Shape,
  filter: Shape,
  { vertical, horizontal }: WindowAxes,
): ShapeError {
  const dilated =
    vertical.reach !== filter[0] || horizontal.reach !== filter[1]
      ? ` (${vertical.reach}x${horizontal.reach} when dilated)`
      : '';
  return new ShapeError({
    op,
    expected: `a padded image of at least ${vertical.reach}x${horizontal.reach} pixels`,
    received: `${vertical.padded}x${horizontal.padded}, from x ${formatShape(x)}`,
    hint: `The kernel is ${filter[0]}x${filter[1]}${dilated}. Use padding 'same', or a larger image.`,
  });
}
