import { formatShape, OptionError, ShapeError, type Shape } from '@gradus/tensor';
import {
  checkImages,
  perAxis,
  windowAxes,
  windowSizes,
  type Padding,
  type PerAxis,
  type WindowAxes,
} from './windowAxes';

/** How pooling walks over an image. */
export interface PoolOptions {
  /** Height and width of the windows, in pixels. */
  readonly poolSize: PerAxis;
  /** Distance, in pixels, between neighbouring windows. Default: the pool size. */
  readonly strides?: PerAxis | undefined;
  /** Default 'valid'. Pixels of padding win no maximum and count in no average. */
  readonly padding?: Padding | undefined;
}

/** All sizes of one pooling, resolved and checked: every window has a pixel of the image. */
export interface PoolGeometry {
  readonly batch: number;
  readonly channels: number;
  readonly input: { readonly height: number; readonly width: number };
  readonly pool: { readonly height: number; readonly width: number };
  readonly output: { readonly height: number; readonly width: number };
  readonly strides: { readonly vertical: number; readonly horizontal: number };
  readonly padding: {
    readonly top: number;
    readonly bottom: number;
    readonly left: number;
    readonly right: number;
  };
}

/**
 * The geometry of the pooling `op` of x [batch, height, width, channels]; its windows are those of a
 * convolution (`convGeometry`), but each channel is pooled by itself.
 * @throws ShapeError if x is no batch of images, or the pool is larger than the padded image.
 * @throws OptionError if a pool size, stride or padding is out of range. A padding as large as the
 *   pool is: a window without a pixel would have no maximum.
 */
export function poolGeometry(
  op: string,
  x: Shape,
  { poolSize, strides = poolSize, padding = 'valid' }: PoolOptions,
): PoolGeometry {
  checkImages(op, x);
  const pool = perAxis(op, 'poolSize', poolSize);
  const axes = windowAxes(op, x, pool, { strides, padding, dilations: 1 });
  checkPadding(op, pool, axes);
  if (padding !== 'same') checkRoom(op, x, axes);
  const { output, strides: steps, padding: sides } = windowSizes(axes);
  return {
    batch: x[0]!,
    channels: x[3]!,
    input: { height: x[1]!, width: x[2]! },
    pool: { height: pool[0], width: pool[1] },
    output,
    strides: steps,
    padding: sides,
  };
}

/** The shape of a pooling's result: `[batch, height, width, channels]`. */
export function poolOutputShape({ batch, output, channels }: PoolGeometry): number[] {
  return [batch, output.height, output.width, channels];
}

function checkPadding(
  op: string,
  [height, width]: readonly [number, number],
  { vertical, horizontal }: WindowAxes,
): void {
  const largest = (axis: WindowAxes['vertical']): number => Math.max(axis.before, axis.after);
  if (largest(vertical) < height && largest(horizontal) < width) return;
  const sides = [vertical, horizontal].map(({ before, after }) => [before, after]);
  throw new OptionError({
    op,
    expected: `padding smaller than the pool, which is ${height}x${width}`,
    received: JSON.stringify(sides),
  });
}

function checkRoom(op: string, x: Shape, { vertical, horizontal }: WindowAxes): void {
  const room = vertical.output > 0 && horizontal.output > 0;
  if (room && x[1]! > 0 && x[2]! > 0) return;
  throw new ShapeError({
    op,
    ...(room
      ? { expected: 'images of at least 1x1 pixels', received: formatShape(x) }
      : {
          expected: `a padded image of at least ${vertical.reach}x${horizontal.reach} pixels`,
          received: `${vertical.padded}x${horizontal.padded}, from x ${formatShape(x)}`,
          hint: `The pool is ${vertical.reach}x${horizontal.reach}. Use padding 'same', or a larger image.`,
        }),
  });
}
