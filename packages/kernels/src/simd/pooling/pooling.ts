import { sizeOf, type View } from '@gradus/tensor';
import type { PoolGeometry } from '../../poolGeometry';
import type { KernelContext } from '../context';
import type { Kernel } from '../kernelCache';
import type { WasmFunction } from '../wasm';
import { averageGradientKernel, averageKernel } from './averageKernel';
import { disjointGradientKernel, mostDisjointTaps } from './disjointGradientKernel';
import { maximaKernel } from './maximaKernel';
import { maxKernel } from './maxKernel';
import { regionsOf, type Region } from './regions';
import type { Windows } from './windowWalk';

/** See `Backend.maxPool2d`. */
export function maxPool2d(
  context: KernelContext,
  x: View,
  geometry: PoolGeometry,
  out: View,
): void {
  const [from, to] = [context.work.rowMajor(x), context.work.output(out)];
  const define = { name: 'max pool', define: maxKernel };
  forEachRegion(context, geometry, define, ({ images, results, taps }, pool) =>
    pool(from + images, to + results, geometry.batch, ...taps),
  );
}

/** See `Backend.takeAtMaxima`. */
export function takeAtMaxima(
  context: KernelContext,
  [values, x]: readonly [values: View, x: View],
  geometry: PoolGeometry,
  out: View,
): void {
  const { work } = context;
  const [from, there, to] = [work.rowMajor(x), work.rowMajor(values), work.output(out)];
  const places = work.scratch(16);
  const define = {
    name: 'take at maxima',
    define: (windows: Windows) => maximaKernel('take', windows),
  };
  forEachRegion(context, geometry, define, ({ images, results, taps }, pool) =>
    pool(from + images, there + images, to + results, places, geometry.batch, ...taps),
  );
}

/** See `Backend.maxPool2dInputGradient`. */
export function maxPool2dInputGradient(
  context: KernelContext,
  [dy, x]: readonly [dy: View, x: View],
  geometry: PoolGeometry,
  out: View,
): void {
  const { work } = context;
  const { batch, pool: size } = geometry;
  const [from, slopes, to] = [work.rowMajor(x), work.rowMajor(dy), work.output(out)];
  if (isDisjoint(geometry) && size.height * size.width <= mostDisjointTaps) {
    if (!isTiling(geometry)) work.clear(to, sizeOf(out.shape));
    const define = { name: 'disjoint max pool gradient', define: disjointGradientKernel };
    forEachRegion(context, geometry, define, ({ images, results, taps }, pool) =>
      pool(from + images, to + images, slopes + results, batch, ...taps),
    );
    return;
  }
  work.clear(to, sizeOf(out.shape));
  const places = work.scratch(16);
  const define = {
    name: 'add at maxima',
    define: (windows: Windows) => maximaKernel('add', windows),
  };
  forEachRegion(context, geometry, define, ({ images, results, taps }, pool) =>
    pool(from + images, to + images, slopes + results, places, batch, ...taps),
  );
}

/** See `Backend.averagePool2d`. */
export function averagePool2d(
  context: KernelContext,
  x: View,
  geometry: PoolGeometry,
  out: View,
): void {
  const [from, to] = [context.work.rowMajor(x), context.work.output(out)];
  const define = { name: 'average pool', define: averageKernel };
  forEachRegion(context, geometry, define, ({ images, results, taps }, pool) =>
    pool(from + images, to + results, geometry.batch, ...taps, 1 / (taps[0] * taps[1])),
  );
}

/** See `Backend.averagePool2dInputGradient`. */
export function averagePool2dInputGradient(
  context: KernelContext,
  dy: View,
  geometry: PoolGeometry,
  out: View,
): void {
  const { work } = context;
  const [slopes, to] = [work.rowMajor(dy), work.output(out)];
  const disjoint = isDisjoint(geometry);
  if (!isTiling(geometry)) work.clear(to, sizeOf(out.shape));
  const define = {
    name: `${disjoint ? 'disjoint ' : ''}average pool gradient`,
    define: (windows: Windows) => averageGradientKernel(disjoint, windows),
  };
  forEachRegion(context, geometry, define, ({ images, results, taps }, pool) =>
    pool(to + images, slopes + results, geometry.batch, ...taps, 1 / (taps[0] * taps[1])),
  );
}

/** Whether no pixel is in two windows. */
function isDisjoint({ strides, pool }: PoolGeometry): boolean {
  return strides.vertical >= pool.height && strides.horizontal >= pool.width;
}

/** Whether every pixel is in one window. */
function isTiling({ strides, pool, padding, input, output }: PoolGeometry): boolean {
  return (
    strides.vertical === pool.height &&
    strides.horizontal === pool.width &&
    output.height * pool.height - padding.top >= input.height &&
    output.width * pool.width - padding.left >= input.width
  );
}

/** Windows of up to so many pixels have kernels made for them; larger ones take loops. */
const mostUnrolledTaps = 9;

interface Part {
  /** How many bytes behind the first number of the images and of the result the region begins. */
  readonly images: number;
  readonly results: number;
  readonly taps: readonly [height: number, width: number];
}

/** Runs a kernel on each region of the result. */
function forEachRegion(
  { kernels }: KernelContext,
  geometry: PoolGeometry,
  { name, define }: { readonly name: string; readonly define: (windows: Windows) => WasmFunction },
  run: (part: Part, pool: Kernel) => void,
): void {
  for (const region of regionsOf(geometry)) {
    const windows = windowsOf(region, geometry);
    const { pool } = kernels.get(`${name} ${JSON.stringify(windows)}`, () => [define(windows)]);
    const { pixelStep, rowStep, resultRowStep } = windows;
    const { pixel, row, column, taps } = region;
    const part: Part = {
      images: pixel.row * rowStep + pixel.column * pixelStep,
      results: row * resultRowStep + column * pixelStep,
      taps: [taps.height, taps.width],
    };
    run(part, pool!);
  }
}

function windowsOf({ rows, columns, taps }: Region, geometry: PoolGeometry): Windows {
  const { channels, input, output, pool, strides } = geometry;
  const pixelStep = 4 * channels;
  const rowStep = input.width * pixelStep;
  const resultRowStep = output.width * pixelStep;
  return {
    channels,
    rows,
    columns,
    taps: pool.height * pool.width <= mostUnrolledTaps ? taps : 'any',
    pixelStep,
    rowStep,
    imageStep: input.height * rowStep,
    windowStep: strides.horizontal * pixelStep,
    windowRowStep: strides.vertical * rowStep,
    resultRowStep,
    resultImageStep: output.height * resultRowStep,
  };
}
