import { formatShape, OptionError, ShapeError, type Shape } from '@gradus/tensor';

/**
 * What lies outside the image. `'valid'`: nothing, the kernel stays inside. `'same'`: zeros, as many
 * as make the output ceil(size / stride) long, an odd one at the bottom and right. A number: so many
 * zeros on each side. Or `[[top, bottom], [left, right]]`.
 */
export type Padding =
  | 'same'
  | 'valid'
  | number
  | readonly [readonly [top: number, bottom: number], readonly [left: number, right: number]];

/** A number for both axes, or `[vertical, horizontal]`. */
export type PerAxis = number | readonly [vertical: number, horizontal: number];

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
 * [filterHeight, filterWidth, channels / groups, outChannels]. Along each axis, with the effective
 * kernel k' = (k - 1) * dilation + 1, the output has floor((size + padding - k') / stride) + 1
 * positions; V. Dumoulin, F. Visin, "A guide to convolution arithmetic for deep learning",
 * arXiv:1603.07285, relationships 6 and 13.
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
  checkRanks(op, x, filter);
  checkChannels(op, x, filter, groups);
  const stride = perAxis(op, 'strides', strides);
  const dilation = perAxis(op, 'dilations', dilations);
  const [padVertical, padHorizontal] = paddingPerAxis(op, padding);
  const vertical = resolveAxis({
    size: x[1]!,
    kernel: filter[0]!,
    stride: stride[0],
    dilation: dilation[0],
    padding: padVertical,
  });
  const horizontal = resolveAxis({
    size: x[2]!,
    kernel: filter[1]!,
    stride: stride[1],
    dilation: dilation[1],
    padding: padHorizontal,
  });
  if (vertical.output <= 0 || horizontal.output <= 0) {
    if (padding !== 'same') throw kernelTooLarge(op, x, filter, [vertical, horizontal]);
  }
  return {
    batch: x[0]!,
    input: { height: x[1]!, width: x[2]!, channels: x[3]! },
    filter: { height: filter[0]!, width: filter[1]! },
    output: { height: vertical.output, width: horizontal.output, channels: filter[3]! },
    strides: { vertical: stride[0], horizontal: stride[1] },
    dilations: { vertical: dilation[0], horizontal: dilation[1] },
    padding: {
      top: vertical.before,
      bottom: vertical.after,
      left: horizontal.before,
      right: horizontal.after,
    },
    groups,
  };
}

/** The shape of a convolution's result: `[batch, height, width, channels]`. */
export function convOutputShape({ batch, output }: ConvGeometry): number[] {
  return [batch, output.height, output.width, output.channels];
}

/** The reach of a kernel of `size` taps that are `dilation` pixels apart. */
export function effectiveKernelSize(size: number, dilation: number): number {
  return (size - 1) * dilation + 1;
}

type AxisPadding = 'same' | readonly [before: number, after: number];

interface Axis {
  readonly size: number;
  readonly kernel: number;
  readonly stride: number;
  readonly dilation: number;
  readonly padding: AxisPadding;
}

interface ResolvedAxis {
  readonly output: number;
  readonly before: number;
  readonly after: number;
  readonly reach: number;
  readonly padded: number;
}

function resolveAxis({ size, kernel, stride, dilation, padding }: Axis): ResolvedAxis {
  const reach = effectiveKernelSize(kernel, dilation);
  if (padding === 'same') {
    const output = Math.ceil(size / stride);
    const total = Math.max((output - 1) * stride + reach - size, 0);
    const before = Math.floor(total / 2);
    return { output, before, after: total - before, reach, padded: size + total };
  }
  const padded = size + padding[0] + padding[1];
  const output = Math.floor((padded - reach) / stride) + 1;
  return { output, before: padding[0], after: padding[1], reach, padded };
}

function checkRanks(op: string, x: Shape, filter: Shape): void {
  if (x.length !== 4) {
    throw new ShapeError({
      op,
      expected: 'x [batch, height, width, channels]',
      received: formatShape(x),
      hint: `x has ${x.length} axes, not 4.${x.length === 3 ? ` Try reshape(x, ${formatShape([1, ...x])}).` : ''}`,
    });
  }
  if (filter.length !== 4 || filter.slice(0, 2).some((size) => size === 0)) {
    throw new ShapeError({
      op,
      expected: 'a filter [height, width, channels / groups, filters] of at least 1x1',
      received: formatShape(filter),
    });
  }
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
  [vertical, horizontal]: readonly [ResolvedAxis, ResolvedAxis],
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

function perAxis(op: string, option: string, value: PerAxis): readonly [number, number] {
  const pair = typeof value === 'number' ? ([value, value] as const) : value;
  for (const number of isPair(pair) ? pair : [pair]) checkCount(op, option, number);
  return pair;
}

function paddingPerAxis(op: string, padding: Padding): readonly [AxisPadding, AxisPadding] {
  if (padding === 'same') return ['same', 'same'];
  if (padding === 'valid') return paddingPerAxis(op, 0);
  if (isSize(padding)) {
    return [
      [padding, padding],
      [padding, padding],
    ];
  }
  if (isPair(padding) && padding.every((side) => isPair(side) && side.every(isSize))) {
    return padding;
  }
  throw new OptionError({
    op,
    expected:
      "padding 'same', 'valid', a whole number of at least 0, or [[top, bottom], [left, right]]",
    received: shown(padding),
  });
}

// Options also come from configurations and from JavaScript, where nothing checks their types.
function isPair(value: unknown): value is readonly [unknown, unknown] {
  return Array.isArray(value) && value.length === 2;
}

function isSize(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 0;
}

function checkCount(op: string, option: string, value: unknown): void {
  if (isSize(value) && value >= 1) return;
  throw new OptionError({
    op,
    expected: `${option} to be a whole number of at least 1`,
    received: shown(value),
  });
}

/** JSON has no NaN and no infinities. */
function shown(value: unknown): string {
  return typeof value === 'number' ? `${value}` : JSON.stringify(value);
}
