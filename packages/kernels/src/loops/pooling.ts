import { sizeOf, type View } from '@gradus/tensor';
import type { PoolGeometry } from '../poolGeometry';
import { poolRanges } from '../poolRanges';
import { rowMajorNumbers } from './rowMajorNumbers';
import { Scratch } from './scratch';

/*
 * Every kernel visits the windows in the order of the result, and in each of them goes through the
 * channels one by one, with a plain loop over the pixels that the window shares with the image.
 */

/** See `Backend.maxPool2d`. */
export function maxPool2d(x: View, geometry: PoolGeometry, out: View): void {
  const { data } = x;
  const [, rowStep, pixelStep, channelStep] = x.strides as Steps;
  const result = out.data;
  forEachWindow(geometry, x, ({ from, rows, columns, to }) => {
    for (let c = 0; c < geometry.channels; c++) {
      let row = from + c * channelStep;
      let largest = data[row]!;
      for (let h = 0; h < rows; h++, row += rowStep) {
        for (let w = 0, p = row; w < columns; w++, p += pixelStep) {
          // Passes not-a-number on.
          largest = Math.max(largest, data[p]!);
        }
      }
      result[out.offset + to + c] = largest;
    }
  });
}

/** See `Backend.takeAtMaxima`. */
export function takeAtMaxima(values: View, x: View, geometry: PoolGeometry, out: View): void {
  const source = rowMajorNumbers(values);
  const result = out.data;
  placesOfMaxima(x, geometry).forEach((place, i) => (result[out.offset + i] = source[place]!));
}

/** See `Backend.maxPool2dInputGradient`. */
export function maxPool2dInputGradient(dy: View, x: View, geometry: PoolGeometry, out: View): void {
  const slopes = rowMajorNumbers(dy);
  const result = out.data.subarray(out.offset, out.offset + sizeOf(out.shape)).fill(0);
  placesOfMaxima(x, geometry).forEach((place, i) => (result[place]! += slopes[i]!));
}

/**
 * For each number of the result, which number of x, counted row by row, is the maximum of its window:
 * the first NaN, or else the first largest number.
 */
function placesOfMaxima(x: View, geometry: PoolGeometry): Int32Array {
  const { data } = x;
  const { batch, output, input, channels } = geometry;
  const [, rowStep, pixelStep, channelStep] = x.strides as Steps;
  const places = new Int32Array(batch * output.height * output.width * channels);
  forEachWindow(geometry, x, ({ from, first, rows, columns, to }) => {
    for (let c = 0; c < channels; c++) {
      let row = from + c * channelStep;
      let largest = data[row]!;
      let place = 0;
      for (let h = 0; h < rows; h++, row += rowStep) {
        for (let w = 0, p = row; w < columns; w++, p += pixelStep) {
          const value = data[p]!;
          // Nothing is larger than NaN, nor not larger.
          if (value <= largest || largest !== largest) continue;
          largest = value;
          place = h * input.width + w;
        }
      }
      places[to + c] = first + place * channels + c;
    }
  });
  return places;
}

/** See `Backend.averagePool2d`. Sums in double precision and rounds once. */
export function averagePool2d(x: View, geometry: PoolGeometry, out: View): void {
  const { data } = x;
  const [, rowStep, pixelStep, channelStep] = x.strides as Steps;
  const result = out.data;
  forEachWindow(geometry, x, ({ from, rows, columns, to }) => {
    for (let c = 0; c < geometry.channels; c++) {
      let row = from + c * channelStep;
      let sum = 0;
      for (let h = 0; h < rows; h++, row += rowStep) {
        for (let w = 0, p = row; w < columns; w++, p += pixelStep) sum += data[p]!;
      }
      result[out.offset + to + c] = sum / (rows * columns);
    }
  });
}

const totals = new Scratch();

/** See `Backend.averagePool2dInputGradient`. Sums in double precision and rounds once. */
export function averagePool2dInputGradient(dy: View, geometry: PoolGeometry, out: View): void {
  const { channels, input } = geometry;
  const slopes = rowMajorNumbers(dy);
  const size = sizeOf(out.shape);
  const sums = totals.zeros(size);
  const rowStep = input.width * channels;
  forEachWindow(geometry, out, ({ first, rows, columns, to }) => {
    for (let c = 0; c < channels; c++) {
      const share = slopes[to + c]! / (rows * columns);
      let row = first + c;
      for (let h = 0; h < rows; h++, row += rowStep) {
        for (let w = 0, p = row; w < columns; w++, p += channels) sums[p]! += share;
      }
    }
  });
  out.data.set(sums.subarray(0, size), out.offset);
}

type Steps = readonly [image: number, row: number, pixel: number, channel: number];

/** The part of a window that lies in the image. */
interface Window {
  /** Where its first pixel stands in the data of the images. */
  from: number;
  /** Which number of the images, counted row by row, that is. */
  first: number;
  rows: number;
  columns: number;
  /** Which number of the result the window gives, that of the first channel. */
  to: number;
}

/** Visits all windows; it is one and the same object throughout. */
function forEachWindow(
  geometry: PoolGeometry,
  images: View,
  visit: (window: Readonly<Window>) => void,
): void {
  const { batch, channels, input } = geometry;
  const [imageStep, rowStep, pixelStep] = images.strides as Steps;
  const { rows, columns } = poolRanges(geometry);
  const window: Window = { from: 0, first: 0, rows: 0, columns: 0, to: 0 };
  for (let n = 0; n < batch; n++) {
    for (const row of rows) {
      window.rows = row.count;
      for (const column of columns) {
        window.columns = column.count;
        window.from =
          images.offset + n * imageStep + row.first * rowStep + column.first * pixelStep;
        window.first = ((n * input.height + row.first) * input.width + column.first) * channels;
        visit(window);
        window.to += channels;
      }
    }
  }
}
