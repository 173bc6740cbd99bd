import { sizeOf, toTypedArray, zeros, type View } from '@gradus/tensor';
import type { Backend } from './backend';
import { convOutputShape } from './convGeometry';
import { convParametersOf } from './convParameters';
import { noPlace, type Epilogue, type PooledView } from './epilogue';

/*
 * Epilogues of convolutions and products in plain loops, for engines whose kernels know none.
 */

/** A `conv2d` with epilogues, of one without. */
export function withEpilogue(conv2d: Backend['conv2d']): Backend['conv2d'] {
  return (x, filter, geometry, out, epilogue) => {
    if (epilogue === undefined) return conv2d(x, filter, geometry, out);
    const pooled = epilogue.maxPool !== undefined;
    const sums = pooled ? zeros(convOutputShape(geometry), out.dtype) : out;
    conv2d(x, filter, geometry, sums);
    finish(sums, epilogue, out);
  };
}

/** A `matMul` with epilogues, of one without. */
export function withMatMulEpilogue(matMul: Backend['matMul']): Backend['matMul'] {
  return (a, b, out, epilogue) => {
    matMul(a, b, out);
    if (epilogue !== undefined) finish(out, epilogue, out);
  };
}

/** A gradient from dy behind a pooling, of one from dy in front of it. */
export function afterUnpooling(
  gradient: Backend['conv2dFilterGradient'],
): Backend['conv2dPooledInputGradient'] {
  return (dy, other, geometry, out) => {
    const unpooled = zeros(convOutputShape(geometry), dy.numbers.dtype);
    unpool(dy, unpooled);
    gradient(unpooled, other, geometry, out);
  };
}

/** The gradient of a filter and a bias, as one matrix, of that of a filter, and a sum along axes. */
export function withBiasGradient(
  filterGradient: Backend['conv2dFilterGradient'],
  sum: (x: View, axes: readonly number[], out: View) => void,
): Backend['conv2dFilterGradient'] {
  return (dy, x, geometry, out) => {
    const { filter, bias } = convParametersOf(out, geometry);
    filterGradient(dy, x, geometry, filter);
    sum(dy, [0, 1, 2], bias);
  };
}

/**
 * Applies an epilogue to sums [batch, height, width, channels], row-major. If nothing is pooled they may
 * have any axes before the channels, and `out` may be the sums themselves.
 */
export function finish(sums: View, { bias, relu = false, maxPool }: Epilogue, out: View): void {
  const addends = bias === undefined ? undefined : toTypedArray(bias);
  const finished = (value: number, channel: number): number => {
    const biased = addends === undefined ? value : value + addends[channel]!;
    return relu && biased < 0 ? 0 : biased;
  };
  const channels = sums.shape.at(-1)!;
  const [from, to] = [sums.data, out.data];
  if (maxPool === undefined) {
    for (let i = 0; i < sizeOf(out.shape); i++) {
      to[out.offset + i] = finished(from[sums.offset + i]!, i % channels);
    }
    return;
  }
  const { places } = maxPool;
  forEachSquare(sums.shape, (at, pixels, channel) => {
    let place = 0;
    let largest = from[sums.offset + pixels[0]]!;
    for (let i = 1; i < 4; i++) {
      const value = from[sums.offset + pixels[i]!]!;
      // Nothing is larger than NaN, nor not larger.
      if (value <= largest || largest !== largest) continue;
      largest = value;
      place = i;
    }
    const result = finished(largest, channel);
    to[out.offset + at] = result;
    if (places === undefined) return;
    places.data[places.offset + at] = !relu || result > 0 ? place : noPlace;
  });
}

/** See `Backend.unpool`. */
export function unpool({ numbers, places }: PooledView, out: View): void {
  const [slopes, chosen] = [toTypedArray(numbers), toTypedArray(places)];
  out.data.fill(0, out.offset, out.offset + sizeOf(out.shape));
  forEachSquare(out.shape, (at, pixels) => {
    const pixel = pixels[chosen[at]!];
    if (pixel !== undefined) out.data[out.offset + pixel] = slopes[at]!;
  });
}

/**
 * Takes from values [batch, height, width, channels] what stands at `places`, into `out`, row-major; 0
 * where that is `noPlace`.
 */
export function takeAtPlaces(values: View, places: View, out: View): void {
  const [source, chosen] = [toTypedArray(values), toTypedArray(places)];
  forEachSquare(values.shape, (at, pixels) => {
    const pixel = pixels[chosen[at]!];
    out.data[out.offset + at] = pixel === undefined ? 0 : source[pixel]!;
  });
}

type Square = [number, number, number, number];

/**
 * Visits the numbers of a pooled result in order, with the positions of the four they are chosen
 * from. It is one and the same array throughout.
 */
function forEachSquare(
  shape: readonly number[],
  visit: (at: number, pixels: Square, channel: number) => void,
): void {
  const [batch, height, width, channels] = shape as [number, number, number, number];
  const pixels: Square = [0, 0, 0, 0];
  let at = 0;
  for (let row = 0; row < batch * height; row++) {
    // Of each image the rows in pairs, without an odd last one.
    const inImage = row % height;
    if (inImage % 2 === 1 || inImage + 1 === height) continue;
    for (let column = 0; column + 1 < width; column += 2) {
      for (let c = 0; c < channels; c++, at++) {
        const first = (row * width + column) * channels + c;
        const below = first + width * channels;
        pixels[0] = first;
        pixels[1] = first + channels;
        pixels[2] = below;
        pixels[3] = below + channels;
        visit(at, pixels, c);
      }
    }
  }
}
