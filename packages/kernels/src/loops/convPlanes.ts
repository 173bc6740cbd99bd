import type { View } from '@gradus/tensor';
import type { ConvGeometry } from '../convGeometry';
import { addCorrelation } from './correlation';
import { copy } from './elementwise';
import { fillImages, paddedExtent, type PaddedImages } from './paddedImage';
import { PlaneStack } from './planeStack';
import { Scratch } from './scratch';

const imageMemory = new Scratch();
const filterMemory = new Scratch();
const outputMemory = new Scratch();

/** Rows of dy that are correlated at a time, so that they and the pixels they meet stay in the first-level cache. */
const bandRows = 16;

/**
 * Convolution plane by plane: each pair of an input and an output channel is a correlation of two
 * planes, without patches or a matrix product. For strides and dilations of 1; it pays where a
 * group has few channels.
 */
export function conv2dByPlanes(x: View, filter: View, geometry: ConvGeometry, out: View): void {
  const images = paddedPlanes(geometry);
  const kernels = kernelPlanes(geometry);
  const results = outputPlanes(geometry);
  copy(filter, kernels.view(...filter.shape.slice(2)));
  for (let image = 0; image < geometry.batch; image++) {
    fillImages(x, geometry, asPaddedImages(images), { first: image, count: 1 });
    results.clear();
    forEachPair(geometry, (c, o, kernel) => {
      addCorrelation(images.plane(c), kernels.plane(kernel), results.plane(o));
    });
    copy(results.view(results.count), imageOf(out, image));
  }
}

/**
 * The gradient of the filter, plane by plane: a kernel's gradient is the correlation of the padded
 * image with dy, summed over the batch in double precision.
 */
export function conv2dFilterGradientByPlanes(
  dy: View,
  x: View,
  geometry: ConvGeometry,
  out: View,
): void {
  const images = paddedPlanes(geometry);
  const kernels = kernelPlanes(geometry);
  const slopes = outputPlanes(geometry);
  const { height } = slopes;
  for (let image = 0; image < geometry.batch; image++) {
    fillImages(x, geometry, asPaddedImages(images), { first: image, count: 1 });
    copy(imageOf(dy, image), slopes.view(slopes.count));
    forEachPair(geometry, (c, o, kernel) => {
      for (let row = 0; row < height; row += bandRows) {
        const band = slopes.plane(o, row, Math.min(bandRows, height - row));
        addCorrelation(images.plane(c, row), band, kernels.plane(kernel));
      }
    });
  }
  copy(kernels.view(...out.shape.slice(2)), out);
}

function paddedPlanes(geometry: ConvGeometry): PlaneStack {
  const { height, width } = paddedExtent(geometry);
  return new PlaneStack(imageMemory, geometry.input.channels, height, width);
}

function asPaddedImages({ data, height, width, rowStep, planeStep }: PlaneStack): PaddedImages {
  return { data, height, width, steps: [0, rowStep, 1, planeStep] };
}

function outputPlanes({ output }: ConvGeometry): PlaneStack {
  return new PlaneStack(outputMemory, output.channels, output.height, output.width);
}

/** A plane for each pair of channels that meet, in the order of the filter's last two axes. */
function kernelPlanes({ filter, input, output, groups }: ConvGeometry): PlaneStack {
  const count = (input.channels / groups) * output.channels;
  return new PlaneStack(filterMemory, count, filter.height, filter.width);
}

function forEachPair(
  { input, output, groups }: ConvGeometry,
  visit: (inChannel: number, outChannel: number, kernel: number) => void,
): void {
  const channels = input.channels / groups;
  const filters = output.channels / groups;
  for (let o = 0; o < output.channels; o++) {
    const first = Math.floor(o / filters) * channels;
    for (let c = 0; c < channels; c++) visit(first + c, o, c * output.channels + o);
  }
}

function imageOf({ dtype, data, shape, strides, offset }: View, image: number): View {
  return {
    dtype,
    data,
    shape: shape.slice(1),
    strides: strides.slice(1),
    offset: offset + image * strides[0]!,
  };
}
