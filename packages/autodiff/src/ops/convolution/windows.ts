import type { Padding } from '@gradus/kernels';
import { formatShape, ShapeError, type Shape } from '@gradus/tensor';
import {
  alongAxes,
  sidesAlongAxes,
  type AlongAxes,
  type PaddingAlongAxes,
  type Sides,
} from './alongAxes';
import { roomFor } from '../checks/roomFor';

/** How windows walk over x [batch, ...spatial axes, channels]. */
export interface WindowsOptions {
  /** Distance between neighbouring windows. Default 1. */
  readonly strides?: AlongAxes | undefined;
  /** Default 'valid'. */
  readonly padding?: PaddingAlongAxes | undefined;
  /** Distance between neighbouring taps of a window. Default 1. */
  readonly dilations?: AlongAxes | undefined;
}

/** The windows along one axis. */
export interface WindowsAlong {
  /** Taps of a window, and how far it reaches from the first to the last. */
  readonly taps: number;
  readonly reach: number;
  readonly stride: number;
  readonly dilation: number;
  /** The places of x, and of padding. */
  readonly size: number;
  readonly before: number;
  readonly after: number;
  /** How many windows there are; without any room, none or fewer. */
  readonly output: number;
}

/** What x is called, by the number of its spatial axes. */
const nouns = ['', 'sequence', 'image', 'volume'];
const axisNames = ['length', 'height, width', 'depth, height, width'];

/** `[batch, height, width, channels]` and the like, for so many spatial axes. */
export function spatialShape(count: number, channels: string | number = 'channels'): string {
  return `[batch, ${axisNames[count - 1]!}, ${channels}]`;
}

/**
 * The windows along each spatial axis of x. With the reach k' = (taps - 1) * dilation + 1, there
 * are floor((size + padding - k') / stride) + 1 of them; V. Dumoulin, F. Visin, "A guide to
 * convolution arithmetic for deep learning", arXiv:1603.07285, relationships 6 and 13.
 * @param taps of a window, along each spatial axis.
 * @throws naming `op`, if an option is out of range.
 * @throws ShapeError if there is no room for a window.
 * @throws OptionError if x with its padding is beyond all memory.
 */
export function windowsOn(
  op: string,
  x: Shape,
  taps: Shape,
  { strides = 1, padding = 'valid', dilations = 1 }: WindowsOptions,
): WindowsAlong[] {
  const count = taps.length;
  const stride = alongAxes(op, 'strides', strides, count);
  const dilation = alongAxes(op, 'dilations', dilations, count);
  const sides = sidesAlongAxes(op, padding, count);
  const windows = taps.map((n, i) =>
    resolved({
      taps: n,
      reach: (n - 1) * dilation[i]! + 1,
      stride: stride[i]!,
      dilation: dilation[i]!,
      size: x[i + 1]!,
      sides: sides[i]!,
    }),
  );
  const outputs = windows.map(({ output }) => output);
  if (padding !== 'same' && outputs.some((n) => n <= 0)) throw tooLarge(op, x, windows);
  const padded = windows.map(({ before, size, after }) => before + size + after);
  roomFor(op, [x[0]!, ...padded, x.at(-1)!], 'x with its padding');
  return windows;
}

/** An axis that there is not: one tap on one place. */
export const noAxis: WindowsAlong = {
  taps: 1,
  reach: 1,
  stride: 1,
  dilation: 1,
  size: 1,
  before: 0,
  after: 0,
  output: 1,
};

/** The options of operations on images, for windows that are resolved. */
export function imageOptions(
  vertical: WindowsAlong,
  horizontal: WindowsAlong,
  padding: PaddingAlongAxes | undefined,
) {
  // Only with 'same' may there be no windows.
  const sides: Padding =
    padding === 'same'
      ? 'same'
      : [
          [vertical.before, vertical.after],
          [horizontal.before, horizontal.after],
        ];
  return {
    strides: [vertical.stride, horizontal.stride],
    dilations: [vertical.dilation, horizontal.dilation],
    padding: sides,
  } as const;
}

interface Unresolved extends Omit<WindowsAlong, 'before' | 'after' | 'output'> {
  readonly sides: Sides;
}

function resolved({ sides, ...axis }: Unresolved): WindowsAlong {
  const { size, stride, reach } = axis;
  if (sides === 'same') {
    const output = Math.ceil(size / stride);
    const total = Math.max((output - 1) * stride + reach - size, 0);
    const before = Math.floor(total / 2);
    return { ...axis, before, after: total - before, output };
  }
  const [before, after] = sides;
  const output = Math.floor((size + before + after - reach) / stride) + 1;
  return { ...axis, before, after, output };
}

/** There is no place where a window would fit. */
export function tooLarge(op: string, x: Shape, windows: readonly WindowsAlong[]): ShapeError {
  const times = (sizes: readonly number[]): string => sizes.join('x');
  const taps = times(windows.map((axis) => axis.taps));
  const reach = times(windows.map((axis) => axis.reach));
  const dilated = taps === reach ? '' : ` (${reach} when dilated)`;
  const noun = nouns[windows.length]!;
  return new ShapeError({
    op,
    expected: `a padded ${noun} of at least ${reach}`,
    received: `${times(windows.map(({ before, size, after }) => before + size + after))}, from x ${formatShape(x)}`,
    hint: `The window is ${taps}${dilated}. Use padding 'same', or a larger ${noun}.`,
  });
}
