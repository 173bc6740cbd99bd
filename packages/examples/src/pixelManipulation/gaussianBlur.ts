/*
 * A layer of one's own: a Gaussian blur that computes its kernel in `build`, where it learns how many
 * channels there are. The kernel is no weight: nothing can train it.
 */
import { abs, broadcastTo, defineLayer, depthwiseConv2d, div, fill, input, layers } from 'gradus';
import {
  max,
  ones,
  pad,
  reshape,
  sequential,
  sub,
  sum,
  viz,
  type Layer,
  type Tensor,
} from 'gradus';
import { asHeat, asPicture, pngOf } from '../drawings';
import { inputPicture, type ImageOption } from '../inputPicture';
import type { Program } from '../program';

const sigmas = [1, 2, 4] as const;

/** A blur with a standard deviation of `sigma` pixels, each channel by itself. */
export function gaussianBlur({ sigma }: { readonly sigma: number }): Layer {
  return defineLayer({
    kind: 'gaussianBlur',
    config: { sigma },
    outputShape: (input) => input,
    build([, , channels = 1], { dtype }) {
      const kernel = gaussianKernel(sigma, dtype);
      const [height = 0, width = 0] = kernel.shape;
      const one = reshape(kernel, [height, width, 1, 1]);
      const forEachChannel = broadcastTo(one, [height, width, channels, 1]);
      return (x) => depthwiseConv2d(x, forEachChannel, { padding: 'same' });
    },
  });
}

/** exp(-(x^2 + y^2) / (2 sigma^2)) over three standard deviations to every side, scaled to sum 1. */
export function gaussianKernel(sigma: number, dtype: 'float32' | 'float64' = 'float32'): Tensor {
  const radius = Math.ceil(3 * sigma);
  const size = 2 * radius + 1;
  const bell = fill(
    [size, size],
    (i) => {
      const [y, x] = [Math.floor(i / size) - radius, (i % size) - radius];
      return Math.exp(-(x ** 2 + y ** 2) / (2 * sigma ** 2));
    },
    dtype,
  );
  return div(bell, sum(bell));
}

export const blurByOwnLayer: Program<ImageOption> = {
  summary: 'a Gaussian blur as a layer of one’s own',

  async run({ image, quick, print, write }) {
    const size = quick ? 32 : 128;
    const picture = await inputPicture({ size, channels: 3, image });
    const apply = (layer: Layer) => sequential([input([size, size, 3]), layer]).predict(picture);
    const table: (string | number)[][] = [
      ['sigma', 'kernel', 'differs from layers.gaussianBlur by'],
    ];
    const results: Record<string, Tensor<'uint8'>> = { 'the picture': asPicture(picture) };
    const kernels: Record<string, Tensor<'uint8'>> = { 'one pixel': framed(ones([1, 1])) };
    for (const sigma of sigmas) {
      const blurred = apply(gaussianBlur({ sigma }));
      const ready = apply(layers.gaussianBlur({ sigma, padding: 'same' }));
      const kernel = gaussianKernel(sigma);
      const difference = max(abs(sub(blurred, ready))).item();
      table.push([sigma, kernel.shape.join('x'), difference.toExponential(1)]);
      results[`sigma ${sigma}`] = asPicture(blurred);
      kernels[`${kernel.shape.join('x')} pixels`] = framed(kernel);
    }
    print(viz.tableToText(table));
    await write('gaussian-blur.png', pngOf(results, kernels));
  },
};

/** A kernel in the middle of as many pixels as the largest one has, to compare their sizes. */
function framed(kernel: Tensor): Tensor<'uint8'> {
  const border = (gaussianKernel(Math.max(...sigmas)).shape[0]! - kernel.shape[0]!) / 2;
  const both = [border, border] as const;
  return asHeat(pad(kernel, { paddings: [both, both] }));
}
