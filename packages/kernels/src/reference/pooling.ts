import { zeros, type View } from '@gradus/tensor';
import { toNdarray } from '@gradus/tensor/ndarray';
import type { NdArray } from 'ndarray';
import ops from 'ndarray-ops';
import type { PoolGeometry } from '../poolGeometry';
import { indices } from './indices';

type Place = readonly [n: number, h: number, w: number, c: number];

/**
 * The definition of pooling: for each place [n, oh, ow, c] of the result, the places of x in its
 * window, row by row: those with oh * stride - padding <= h < oh * stride - padding + pool that lie
 * in the image, and likewise w.
 */
function forEachWindow(
  { batch, channels, input, output, pool, strides, padding }: PoolGeometry,
  visit: (place: Place, window: readonly Place[]) => void,
): void {
  for (const place of indices([batch, output.height, output.width, channels])) {
    const [n, oh, ow, c] = place as [number, number, number, number];
    const window = [...indices([pool.height, pool.width])]
      .map(([kh, kw]): Place => {
        const h = oh * strides.vertical - padding.top + kh!;
        const w = ow * strides.horizontal - padding.left + kw!;
        return [n, h, w, c];
      })
      .filter(([, h, w]) => h >= 0 && h < input.height && w >= 0 && w < input.width);
    visit([n, oh, ow, c], window);
  }
}

/** The first NaN of a window, or else its first largest number. */
function placeOfMaximum(x: NdArray, window: readonly Place[]): Place {
  return window.reduce((best, place) => {
    const [largest, value] = [x.get(...best), x.get(...place)];
    return value > largest || (Number.isNaN(value) && !Number.isNaN(largest)) ? place : best;
  });
}

/** See `Backend.maxPool2d`. */
export function maxPool2d(x: View, geometry: PoolGeometry, out: View): void {
  takeAtMaxima(x, x, geometry, out);
}

/** See `Backend.takeAtMaxima`. */
export function takeAtMaxima(values: View, x: View, geometry: PoolGeometry, out: View): void {
  const [images, source, result] = [toNdarray(x), toNdarray(values), toNdarray(out)];
  forEachWindow(geometry, (place, window) => {
    result.set(...place, source.get(...placeOfMaximum(images, window)));
  });
}

/** See `Backend.maxPool2dInputGradient`. */
export function maxPool2dInputGradient(dy: View, x: View, geometry: PoolGeometry, out: View): void {
  const [slope, images] = [toNdarray(dy), toNdarray(x)];
  const total = toNdarray(zeros(out.shape, 'float64'));
  forEachWindow(geometry, (place, window) => {
    const at = placeOfMaximum(images, window);
    total.set(...at, total.get(...at) + slope.get(...place));
  });
  ops.assign(toNdarray(out), total);
}

/** See `Backend.averagePool2d`. */
export function averagePool2d(x: View, geometry: PoolGeometry, out: View): void {
  const [images, result] = [toNdarray(x), toNdarray(out)];
  forEachWindow(geometry, (place, window) => {
    const sum = window.reduce((total, at) => total + images.get(...at), 0);
    result.set(...place, sum / window.length);
  });
}

/** See `Backend.averagePool2dInputGradient`: each pixel of a window has an equal share in its mean. */
export function averagePool2dInputGradient(dy: View, geometry: PoolGeometry, out: View): void {
  const slope = toNdarray(dy);
  const total = toNdarray(zeros(out.shape, 'float64'));
  forEachWindow(geometry, (place, window) => {
    for (const at of window) {
      total.set(...at, total.get(...at) + slope.get(...place) / window.length);
    }
  });
  ops.assign(toNdarray(out), total);
}
