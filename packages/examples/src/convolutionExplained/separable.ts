/* Depthwise-separable: first each channel is filtered by itself, then 1x1 mixes the channels. */
import { abs, conv2d, depthwiseConv2d, filters, layers, max, mul, reshape } from 'gradus';
import { separableConv2d, slice, stack, sub, tensor, viz, type Tensor } from 'gradus';
import { asPicture, asSigned, pngOf } from '../drawings';
import type { ProgramOptions } from '../program';
import { headings, measured } from './measured';

export async function explainSeparable(photo: Tensor, { print, write }: ProgramOptions) {
  print('\nDEPTHWISE-SEPARABLE: a kernel for each channel, then 1x1: a seventh of the weights.');
  print('3x3 kernels from 64 to 32 channels, on 56x56:\n');
  const shape = [56, 56, 64];
  const options = { kernelSize: 3, padding: 'same', useBias: false } as const;
  const depthwise = layers.depthwiseConv2d(options);
  const pointwise = layers.conv2d({ filters: 32, kernelSize: 1, useBias: false });
  print(
    viz.tableToText([
      headings,
      measured('convolution', shape, layers.conv2d({ ...options, filters: 32 })),
      measured('depthwise-separable', shape, layers.separableConv2d({ ...options, filters: 32 })),
      measured('  depthwise 3x3', shape, depthwise),
      measured('  then 1x1', shape, pointwise),
    ]),
  );

  // Red is searched for edges across, green for edges down, blue is blurred; then a sum of the three.
  const kernels = [filters.sobelX(), filters.sobelY(), filters.gaussian({ size: 3 })];
  const depthwiseKernel = reshape(stack(kernels, { axis: 2 }), [3, 3, 3, 1]);
  const pointwiseKernel = tensor(Float32Array.of(0.3, 0.3, 1), [1, 1, 3, 1]);
  const channels = depthwiseConv2d(photo, depthwiseKernel, { padding: 'same' });
  const mixed = separableConv2d(photo, depthwiseKernel, pointwiseKernel, { padding: 'same' });
  const channelOf = (x: Tensor, c: number): Tensor =>
    slice(x, { begin: [0, 0, 0, c], size: [...x.shape.slice(0, 3), 1] });
  await write(
    'separable.png',
    pngOf(
      {
        image: asPicture(photo),
        red: asPicture(channelOf(photo, 0)),
        green: asPicture(channelOf(photo, 1)),
        blue: asPicture(channelOf(photo, 2)),
      },
      {
        '1x1: sum': asSigned(mixed),
        'sobel x': asSigned(channelOf(channels, 0)),
        'sobel y': asSigned(channelOf(channels, 1)),
        blurred: asPicture(channelOf(channels, 2)),
      },
    ),
  );

  // It is a convolution after all: one whose kernel is the product of the two.
  const product = mul(depthwiseKernel, reshape(pointwiseKernel, [3, 1]));
  const difference = max(abs(sub(conv2d(photo, product, { padding: 'same' }), mixed))).item();
  print(
    `\nOne convolution with the product of both kernels differs by ${difference.toExponential(0)}.`,
  );
}
