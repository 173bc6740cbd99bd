import { zeros, type View } from '@gradus/tensor';
import { toNdarray } from '@gradus/tensor/ndarray';
import ops from 'ndarray-ops';
import type { ConvGeometry } from '../convGeometry';

/** A place in x, the filter and y, and so one product x * filter in the sum that makes y. */
interface Term {
  readonly x: readonly [n: number, h: number, w: number, c: number];
  readonly filter: readonly [kh: number, kw: number, c: number, o: number];
  readonly y: readonly [n: number, h: number, w: number, o: number];
}

/**
 * The definition of convolution: y[n, oh, ow, o] is the sum of x[n, h, w, c] * filter[kh, kw, c, o]
 * over the window, h = oh * stride + kh * dilation - padding, and likewise w. Outside the image x is
 * 0. Filter o sees the channels of its group only, and counts them from 0.
 */
function forEachTerm(geometry: ConvGeometry, visit: (term: Term) => void): void {
  const { batch, input, filter, output, strides, dilations, padding, groups } = geometry;
  const channels = input.channels / groups;
  const filters = output.channels / groups;
  for (let n = 0; n < batch; n++) {
    for (let oh = 0; oh < output.height; oh++) {
      for (let ow = 0; ow < output.width; ow++) {
        for (let o = 0; o < output.channels; o++) {
          for (let kh = 0; kh < filter.height; kh++) {
            for (let kw = 0; kw < filter.width; kw++) {
              for (let c = 0; c < channels; c++) {
                const h = oh * strides.vertical + kh * dilations.vertical - padding.top;
                const w = ow * strides.horizontal + kw * dilations.horizontal - padding.left;
                if (h < 0 || h >= input.height || w < 0 || w >= input.width) continue;
                const group = Math.floor(o / filters);
                visit({
                  x: [n, h, w, group * channels + c],
                  filter: [kh, kw, c, o],
                  y: [n, oh, ow, o],
                });
              }
            }
          }
        }
      }
    }
  }
}

/** See `Backend.conv2d`. */
export function conv2d(x: View, filter: View, geometry: ConvGeometry, out: View): void {
  const [image, weights] = [toNdarray(x), toNdarray(filter)];
  const total = toNdarray(zeros(out.shape, 'float64'));
  forEachTerm(geometry, (at) => {
    total.set(...at.y, total.get(...at.y) + image.get(...at.x) * weights.get(...at.filter));
  });
  ops.assign(toNdarray(out), total);
}

/** See `Backend.conv2dInputGradient`: y is linear in x, so each term sends dy back to its x. */
export function conv2dInputGradient(
  dy: View,
  filter: View,
  geometry: ConvGeometry,
  out: View,
): void {
  const [slope, weights] = [toNdarray(dy), toNdarray(filter)];
  const total = toNdarray(zeros(out.shape, 'float64'));
  forEachTerm(geometry, (at) => {
    total.set(...at.x, total.get(...at.x) + slope.get(...at.y) * weights.get(...at.filter));
  });
  ops.assign(toNdarray(out), total);
}

/** See `Backend.conv2dFilterGradient`: y is linear in the filter too. */
export function conv2dFilterGradient(dy: View, x: View, geometry: ConvGeometry, out: View): void {
  const [slope, image] = [toNdarray(dy), toNdarray(x)];
  const total = toNdarray(zeros(out.shape, 'float64'));
  forEachTerm(geometry, (at) => {
    const { filter } = at;
    total.set(...filter, total.get(...filter) + slope.get(...at.y) * image.get(...at.x));
  });
  ops.assign(toNdarray(out), total);
}
