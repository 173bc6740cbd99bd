import type { Layout, Shape } from '@gradus/tensor';
import { alongAxes, type AlongAxes, type PaddingAlongAxes } from './alongAxes';
import { callOptions } from '../checks/callOptions';
import { checkRank } from './convolutionWindows';
import { roomFor } from '../checks/roomFor';
import { windowsOn, type WindowsAlong, type WindowsOptions } from './windows';

/*
 * With x surrounded by its zeros, tap (u, v) of the window at (i, j) is the pixel (i * stride + u *
 * dilation, j * stride + v * dilation): in flat storage its place is linear in i, j, u and v. So
 * all windows together are one strided view [batch, i, j, u, v, channel] on the padded image, in
 * which windows overlap, and im2col is a copy of it.
 *
 * Its adjoint adds up what the windows say of a pixel. There the view must not overlap: each tap
 * (u, v) gets an image of zeros to itself, on which its windows lie apart. One copy fills them, and
 * one sum over the taps is col2im.
 */

/** Windows on images. */
export interface Im2colOptions extends WindowsOptions {
  /** Height and width of a window, in taps. */
  readonly kernelSize: AlongAxes;
  readonly strides?: AlongAxes | undefined;
  readonly padding?: PaddingAlongAxes | undefined;
  readonly dilations?: AlongAxes | undefined;
}

/** The windows of one call, resolved and checked. */
export interface Windows {
  readonly batch: number;
  readonly channels: number;
  readonly vertical: WindowsAlong;
  readonly horizontal: WindowsAlong;
}

export function windowsOf(op: string, x: Shape, given: Im2colOptions): Windows {
  const { kernelSize, ...options } = callOptions(op, given);
  checkRank(op, x, 2);
  const taps = alongAxes(op, 'kernelSize', kernelSize, 2);
  const [vertical, horizontal] = windowsOn(op, x, taps, options) as [WindowsAlong, WindowsAlong];
  const windows = { batch: x[0]!, channels: x[3]!, vertical, horizontal };
  const columns = columnsShape(windows);
  roomFor(op, columns, 'the columns');
  // col2im has an image for each tap.
  if (op === 'col2im') roomFor(op, [...taps, ...paddedShape(windows)], 'an image for each tap');
  return windows;
}

export function columnsShape({ batch, channels, vertical, horizontal }: Windows): Shape {
  const length = vertical.taps * horizontal.taps * channels;
  return [batch, vertical.output, horizontal.output, length];
}

export function windowsShape({ batch, channels, vertical, horizontal }: Windows): Shape {
  const { output: rows, taps: height } = vertical;
  const { output: columns, taps: width } = horizontal;
  return [batch, rows, columns, height, width, channels];
}

export function paddedShape({ batch, channels, vertical, horizontal }: Windows): Shape {
  const length = ({ before, size, after }: WindowsAlong): number => before + size + after;
  return [batch, length(vertical), length(horizontal), channels];
}

/** Where the image begins in its padded form. */
export function originOf({ vertical, horizontal }: Windows): Shape {
  return [0, vertical.before, horizontal.before, 0];
}

/** All windows on the padded image. */
export function overlapping(image: Layout, windows: Windows): Layout {
  const { vertical, horizontal } = windows;
  const [perImage, perRow, perPixel, perChannel] = image.strides as [
    number,
    number,
    number,
    number,
  ];
  return {
    shape: windowsShape(windows),
    strides: [
      perImage,
      perRow * vertical.stride,
      perPixel * horizontal.stride,
      perRow * vertical.dilation,
      perPixel * horizontal.dilation,
      perChannel,
    ],
    offset: image.offset,
  };
}

/**
 * All windows on images of which each tap has one: [taps, taps, batch, height, width, channels].
 */
export function onePerTap(layers: Layout, windows: Windows): Layout {
  const [perTapRow, perTap, ...strides] = layers.strides as [number, number, ...number[]];
  const { shape, offset, strides: apart } = overlapping({ ...layers, strides }, windows);
  return {
    shape,
    offset,
    strides: apart.with(3, apart[3]! + perTapRow).with(4, apart[4]! + perTap),
  };
}

/**
 * Columns with their last axis as [height, width, channels]; it steps evenly, so that this is a
 * view.
 */
export function splitColumns({ strides, offset }: Layout, shape: Shape): Layout {
  const [, , , , width, channels] = shape as [number, number, number, number, number, number];
  const step = strides[3]!;
  return {
    shape,
    strides: [...strides.slice(0, 3), width * channels * step, channels * step, step],
    offset,
  };
}
