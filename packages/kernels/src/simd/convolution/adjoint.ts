import { windowOn, type View } from '@gradus/tensor';
import type { ConvGeometry } from '../../convGeometry';

/**
 * A part of an input gradient: the pixels of dx that the same taps of the kernel reach. With stride s
 * there are s of them along each axis, and each is a convolution of dy with stride 1, whose kernel
 * consists of every s-th tap (fewer, if dilation and stride share a factor), rotated by half a turn.
 */
export interface Phase {
  /** From dy to the pixels of this phase. Its padding may be negative: dy is then cut. */
  readonly geometry: ConvGeometry;
  /** The first pixel; the others follow at the distance of the strides. */
  readonly row: number;
  readonly column: number;
  /** The filter of a group, [height, width, filters, channels]. */
  readonly filterOfGroup: (filter: View, group: number) => View;
}

/** A filter turned by half a turn: the kernel of the adjoint, where strides are 1. */
export function rotated(filter: View): View {
  const [height, width] = filter.shape as [number, number];
  const [row, column, ...others] = filter.strides as [number, number, number, number];
  return windowOn(filter, {
    shape: filter.shape,
    strides: [-row, -column, ...others],
    offset: filter.offset + (height - 1) * row + (width - 1) * column,
  });
}

/** One axis of a phase. */
interface AxisPhase {
  /** The first pixel, and how many there are. */
  readonly first: number;
  readonly size: number;
  /** The taps that reach them: the first, the distance to the next, and how many. */
  readonly tap: number;
  readonly tapStep: number;
  readonly taps: number;
  readonly dilation: number;
  /** Padding of dy. */
  readonly before: number;
}

/** The phases of an input gradient that any tap reaches; the pixels of all others have gradient 0. */
export function phasesOf(geometry: ConvGeometry): Phase[] {
  const { input, filter, strides, dilations, padding } = geometry;
  const vertical = axisPhases({
    size: input.height,
    kernel: filter.height,
    stride: strides.vertical,
    dilation: dilations.vertical,
    before: padding.top,
  });
  const horizontal = axisPhases({
    size: input.width,
    kernel: filter.width,
    stride: strides.horizontal,
    dilation: dilations.horizontal,
    before: padding.left,
  });
  return vertical.flatMap((v) => horizontal.map((h) => phase(geometry, v, h)));
}

function phase(geometry: ConvGeometry, vertical: AxisPhase, horizontal: AxisPhase): Phase {
  const { batch, input, output, groups } = geometry;
  const [channels, filters] = [input.channels / groups, output.channels / groups];
  return {
    row: vertical.first,
    column: horizontal.first,
    geometry: {
      batch,
      groups,
      input: output,
      filter: { height: vertical.taps, width: horizontal.taps },
      output: { height: vertical.size, width: horizontal.size, channels: input.channels },
      strides: { vertical: 1, horizontal: 1 },
      dilations: { vertical: vertical.dilation, horizontal: horizontal.dilation },
      // What lies beyond follows from the size of the result.
      padding: { top: vertical.before, left: horizontal.before, bottom: 0, right: 0 },
    },
    filterOfGroup(filter, group) {
      const [row, column, channel, output] = filter.strides as [number, number, number, number];
      const lastRow = vertical.tap + (vertical.taps - 1) * vertical.tapStep;
      const lastColumn = horizontal.tap + (horizontal.taps - 1) * horizontal.tapStep;
      return windowOn(filter, {
        shape: [vertical.taps, horizontal.taps, filters, channels],
        strides: [-row * vertical.tapStep, -column * horizontal.tapStep, output, channel],
        offset: filter.offset + lastRow * row + lastColumn * column + group * filters * output,
      });
    },
  };
}

interface Axis {
  readonly size: number;
  readonly kernel: number;
  readonly stride: number;
  readonly dilation: number;
  readonly before: number;
}

/**
 * Tap k brings output position o to pixel o * stride + k * dilation - before. A pixel p is reached by
 * the taps for which (p + before - k * dilation) / stride is whole: every (stride / g)-th from the
 * first of them on, g being the common factor of stride and dilation, and from one to the next o falls
 * by dilation / g.
 */
function axisPhases({ size, kernel, stride, dilation, before }: Axis): AxisPhase[] {
  const common = greatestCommonDivisor(stride, dilation);
  const tapStep = stride / common;
  const phases: AxisPhase[] = [];
  for (let tap = 0; tap < Math.min(tapStep, kernel); tap++) {
    const remainder = (tap * dilation - before) % stride;
    const first = remainder < 0 ? remainder + stride : remainder;
    if (first >= size) continue;
    const taps = Math.ceil((kernel - tap) / tapStep);
    const start = (first + before - tap * dilation) / stride;
    phases.push({
      first,
      size: Math.ceil((size - first) / stride),
      tap,
      tapStep,
      taps,
      dilation: dilation / common,
      before: ((taps - 1) * dilation) / common - start,
    });
  }
  return phases;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
