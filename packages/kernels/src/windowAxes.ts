import { formatShape, OptionError, ShapeError, type Shape } from '@gradus/tensor';

/**
 * What lies outside the image. `'valid'`: nothing, the windows stay inside. `'same'`: as much as makes
 * the output ceil(size / stride) long, an odd pixel at the bottom and right. A number: so many pixels
 * on each side. Or `[[top, bottom], [left, right]]`. A convolution takes these pixels for zeros;
 * pooling does not count them.
 */
export type Padding =
  | 'same'
  | 'valid'
  | number
  | readonly [readonly [top: number, bottom: number], readonly [left: number, right: number]];

/** A number for both axes, or `[vertical, horizontal]`. */
export type PerAxis = number | readonly [vertical: number, horizontal: number];

/** How windows walk over images. */
export interface WindowOptions {
  readonly strides: PerAxis;
  readonly padding: Padding;
  readonly dilations: PerAxis;
}

/** The windows along one axis of an image. */
export interface WindowAxis {
  readonly stride: number;
  readonly dilation: number;
  /** Pixels of padding. */
  readonly before: number;
  readonly after: number;
  /** How many windows there are; without any room, none or fewer. */
  readonly output: number;
  /** Pixels from the first to the last of a window. */
  readonly reach: number;
  /** The size of the image with its padding. */
  readonly padded: number;
}

/** Both axes. */
export interface WindowAxes {
  readonly vertical: WindowAxis;
  readonly horizontal: WindowAxis;
}

/**
 * The windows of `size` taps on x [batch, height, width, channels]. Along each axis, with the
 * effective size k' = (k - 1) * dilation + 1, there are floor((size + padding - k') / stride) + 1 of
 * them; V. Dumoulin, F. Visin, "A guide to convolution arithmetic for deep learning",
 * arXiv:1603.07285, relationships 6 and 13.
 * @param size `[height, width]`
 * @throws OptionError if a stride, dilation or padding is out of range.
 */
export function windowAxes(
  op: string,
  x: Shape,
  size: readonly [height: number, width: number],
  { strides, padding, dilations }: WindowOptions,
): WindowAxes {
  const stride = perAxis(op, 'strides', strides);
  const dilation = perAxis(op, 'dilations', dilations);
  const sides = paddingPerAxis(op, padding);
  const along = (axis: 0 | 1): WindowAxis =>
    resolveAxis({
      size: x[1 + axis]!,
      kernel: size[axis],
      stride: stride[axis],
      dilation: dilation[axis],
      padding: sides[axis],
    });
  return { vertical: along(0), horizontal: along(1) };
}

/** The axes as geometries name their parts. */
export function windowSizes({ vertical, horizontal }: WindowAxes) {
  return {
    output: { height: vertical.output, width: horizontal.output },
    strides: { vertical: vertical.stride, horizontal: horizontal.stride },
    dilations: { vertical: vertical.dilation, horizontal: horizontal.dilation },
    padding: {
      top: vertical.before,
      bottom: vertical.after,
      left: horizontal.before,
      right: horizontal.after,
    },
  };
}

/** Pixels from the first to the last of `size` taps that are `dilation` pixels apart. */
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

function resolveAxis({ size, kernel, stride, dilation, padding }: Axis): WindowAxis {
  const reach = effectiveKernelSize(kernel, dilation);
  if (padding === 'same') {
    const output = Math.ceil(size / stride);
    const total = Math.max((output - 1) * stride + reach - size, 0);
    const before = Math.floor(total / 2);
    const after = total - before;
    return { stride, dilation, reach, output, before, after, padded: size + total };
  }
  const [before, after] = padding;
  const padded = size + before + after;
  const output = Math.floor((padded - reach) / stride) + 1;
  return { stride, dilation, reach, output, before, after, padded };
}

/** @throws ShapeError if x is no batch of images. */
export function checkImages(op: string, x: Shape): void {
  if (x.length === 4) return;
  throw new ShapeError({
    op,
    expected: 'x [batch, height, width, channels]',
    received: formatShape(x),
    hint: `x has ${x.length} axes, not 4.${x.length === 3 ? ` Try reshape(x, ${formatShape([1, ...x])}).` : ''}`,
  });
}

/** @throws OptionError */
export function checkCount(op: string, option: string, value: unknown): void {
  if (isSize(value) && value >= 1) return;
  throw new OptionError({
    op,
    expected: `${option} to be a whole number of at least 1`,
    received: shown(value),
  });
}

/** @throws OptionError */
export function perAxis(op: string, option: string, value: PerAxis): readonly [number, number] {
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

/** JSON has no NaN and no infinities. */
function shown(value: unknown): string {
  return typeof value === 'number' ? `${value}` : JSON.stringify(value);
}
