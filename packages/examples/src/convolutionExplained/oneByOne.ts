/* 1x1: a kernel that sees one pixel, but all of its channels. */
import { conv2d, layers, tensor, viz, type Tensor } from 'gradus';
import { asPicture, asSigned, pngOf } from '../drawings';
import type { ProgramOptions } from '../program';
import { headings, measured } from './measured';

export async function explainOneByOne(photo: Tensor, { print, write }: ProgramOptions) {
  print('\n1x1: mixes the channels of each pixel. Fewer channels first make a large kernel cheap.');
  print('32 kernels of 5x5 on 28x28x192, as in GoogLeNet (arXiv:1409.4842, table 1, 3a):\n');
  const convolution = (filters: number, kernelSize: number) =>
    layers.conv2d({ filters, kernelSize, padding: 'same', useBias: false });
  const shape = [28, 28, 192];
  print(
    viz.tableToText([
      headings,
      measured('5x5', shape, convolution(32, 5)),
      measured('1x1 to 16 channels', shape, convolution(16, 1)),
      measured('1x1 to 16, then 5x5', shape, convolution(16, 1), convolution(32, 5)),
    ]),
  );

  // Red, green and blue mixed in three ways, by one convolution with three kernels of 1x1.
  const mixes = { brightness: [0.299, 0.587, 0.114], 'red - blue': [1, 0, -1], green: [0, 1, 0] };
  const kernels = Object.entries(mixes).map(([name, weights]) => {
    const kernel = tensor(Float32Array.from(weights), [1, 1, 3, 1]);
    const draw = name === 'red - blue' ? asSigned : asPicture;
    return [name, draw(conv2d(photo, kernel))] as const;
  });
  await write('one-by-one.png', pngOf({ image: asPicture(photo), ...Object.fromEntries(kernels) }));
}
