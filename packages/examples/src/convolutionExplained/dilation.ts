/* Dilation: the kernel's pixels lie apart, so that it sees far with few weights. */
import { layers, max, viz } from 'gradus';
import type { ProgramOptions } from '../program';
import { headings, measured } from './measured';
import { convolve, drawSeen, seenByOne } from './seen';

export async function explainDilation({ print, write }: ProgramOptions) {
  print('\nDILATION: pixels that lie apart. It sees farther, with as many weights and products.');
  print('3x3 kernels on 64x64x1, padding same, one layer and then three:\n');
  const shape = [64, 64, 1];
  const layer = (options: { readonly dilationRate?: number; readonly strides?: number }) =>
    layers.conv2d({ filters: 1, kernelSize: 3, padding: 'same', ...options });
  const dilated = (...rates: readonly number[]) =>
    measured(
      `dilation ${rates.join(', ')}`,
      shape,
      ...rates.map((dilationRate) => layer({ dilationRate })),
    );
  const strided = [2, 2, 2].map((strides) => layer({ strides }));
  print(
    viz.tableToText([
      headings,
      ...[dilated(1), dilated(2), dilated(4)],
      ...[dilated(1, 1, 1), dilated(2, 2, 2), dilated(1, 2, 4)],
      measured('stride 2, 2, 2', shape, ...strided),
    ]),
  );

  // In how many ways each pixel reaches one result: dilations alike leave holes, growing ones do not.
  const seen = (...dilations: readonly number[]) => {
    const counts = seenByOne(
      convolve(...dilations.map((dilation) => ({ dilations: dilation }))),
      17,
    );
    const caption = `dilation ${dilations.join(', ')}`;
    return { picture: drawSeen(counts, { caption, darkest: max(counts).item(), numbers: false }) };
  };
  const rows = [
    [seen(1), seen(2), seen(4)],
    [seen(1, 1, 1), seen(2, 2, 2), seen(1, 2, 4)],
  ];
  await write('dilation-seen.png', viz.encodePng(viz.imageGrid(rows)));
}
