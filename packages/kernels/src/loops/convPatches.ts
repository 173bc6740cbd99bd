import { rowMajor, sizeOf, type View } from '@gradus/tensor';
import type { ConvGeometry } from '../convGeometry';
import { copy } from './elementwise';
import { addProduct, paddedSize } from './gemm';
import { chunkParts, imageChunks } from './imageChunks';
import { fillImages, takeImages } from './paddedImage';
import { packLines } from './panels';
import { addPatches, packPixels, packTaps } from './patches';
import { Scratch } from './scratch';
import { storeRows } from './storeRows';

const imageMemory = new Scratch();
const filterMemory = new Scratch();
const slopeMemory = new Scratch();
const productMemory = new Scratch();

/** Elements of a product to compute at a time. */
const productElements = 32 * 1024;
/** Output pixels over which the gradient of a filter is summed at a time. */
const summedPixels = 512;

/** Convolution as a matrix product: patches [pixels, taps] times filters [taps, filters]. */
export function conv2dByPatches(x: View, filter: View, geometry: ConvGeometry, out: View): void {
  const { filters, perGroup, rowStep } = filterCounts(geometry);
  const weights = asDoubles(filter, filterMemory);
  const pixelsAtATime = Math.ceil(productElements / rowStep);
  for (const chunk of imageChunks(geometry, imageMemory)) {
    fillImages(x, geometry, chunk.images, chunk.range);
    for (const { patches, group, firstPixel } of chunkParts(geometry, chunk, pixelsAtATime)) {
      const [m, depth] = [patches.pixels.length, patches.taps.length];
      const start = group * perGroup;
      const columns = { data: weights, start, count: perGroup, lineStep: 1, step: filters };
      const product = productMemory.zeros(paddedSize(m) * rowStep);
      const packColumns = packLines({ ...columns, length: depth });
      addProduct({ m, n: perGroup, depth, packRows: packPixels(patches), packColumns }, product);
      const to = out.offset + firstPixel * filters + start;
      storeRows({ data: product, rowStep, rows: m, columns: perGroup }, out.data, to, filters);
    }
  }
}

/** The gradient of the filter: transposed patches [taps, pixels] times dy [pixels, filters]. */
export function conv2dFilterGradientByPatches(
  dy: View,
  x: View,
  geometry: ConvGeometry,
  out: View,
): void {
  const { filters, perGroup, rowStep } = filterCounts(geometry);
  const taps = sizeOf(out.shape.slice(0, 3));
  const size = paddedSize(taps) * rowStep;
  const sums = productMemory.zeros(geometry.groups * size);
  const slopes = asDoubles(dy, slopeMemory);
  for (const chunk of imageChunks(geometry, imageMemory)) {
    fillImages(x, geometry, chunk.images, chunk.range);
    for (const { patches, group, firstPixel } of chunkParts(geometry, chunk, summedPixels)) {
      const start = firstPixel * filters + group * perGroup;
      const columns = { data: slopes, start, count: perGroup, lineStep: 1, step: filters };
      const depth = patches.pixels.length;
      const packColumns = packLines({ ...columns, length: depth });
      const product = { m: taps, n: perGroup, depth, packRows: packTaps(patches), packColumns };
      addProduct(product, sums.subarray(group * size, (group + 1) * size));
    }
  }
  for (let group = 0; group < geometry.groups; group++) {
    const data = sums.subarray(group * size, (group + 1) * size);
    const to = out.offset + group * perGroup;
    storeRows({ data, rowStep, rows: taps, columns: perGroup }, out.data, to, filters);
  }
}

/**
 * The gradient of x: dy [pixels, filters] times transposed filters [filters, taps] says what each
 * patch contributes, and each pixel of x sums what the patches that it belongs to bring.
 */
export function conv2dInputGradientByPatches(
  dy: View,
  filter: View,
  geometry: ConvGeometry,
  out: View,
): void {
  const { filters, perGroup } = filterCounts(geometry);
  const weights = asDoubles(filter, filterMemory);
  const slopes = asDoubles(dy, slopeMemory);
  const taps = sizeOf(filter.shape.slice(0, 3));
  const rowStep = paddedSize(taps);
  const pixelsAtATime = Math.ceil(productElements / rowStep);
  out.data.fill(0, out.offset, out.offset + sizeOf(out.shape));
  for (const chunk of imageChunks(geometry, imageMemory)) {
    chunk.images.data.fill(0);
    for (const { patches, group, firstPixel } of chunkParts(geometry, chunk, pixelsAtATime)) {
      const m = patches.pixels.length;
      const [start, step] = [group * perGroup, 1];
      const rows = { data: slopes, start: start + firstPixel * filters, count: m, step };
      const columns = { data: weights, start, count: taps, step };
      const lines = { lineStep: filters, length: perGroup };
      const product = productMemory.zeros(paddedSize(m) * rowStep);
      const packRows = packLines({ ...rows, ...lines });
      const packColumns = packLines({ ...columns, ...lines });
      addProduct({ m, n: taps, depth: perGroup, packRows, packColumns }, product);
      addPatches(patches, product, rowStep);
    }
    takeImages(chunk.images, geometry, out, chunk.range);
  }
}

function filterCounts({ output, groups }: ConvGeometry): {
  readonly filters: number;
  readonly perGroup: number;
  readonly rowStep: number;
} {
  const perGroup = output.channels / groups;
  return { filters: output.channels, perGroup, rowStep: paddedSize(perGroup) };
}

/** The elements row by row in double precision, in working memory. */
function asDoubles(view: View, memory: Scratch): Float64Array {
  const data = memory.atLeast(sizeOf(view.shape));
  copy(view, { dtype: 'float64', data, ...rowMajor(view.shape) });
  return data;
}
