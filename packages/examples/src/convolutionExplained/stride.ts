/* Stride: the kernel moves by more than one pixel, and the result is so many times smaller. */
import { conv2d, filters, layers, reshape, viz, type Tensor } from 'gradus';
import { asPicture, pngOf } from '../drawings';
import type { ProgramOptions } from '../program';
import { headings, measured } from './measured';
import { convolve, drawSeen, seenByAll } from './seen';

export async function explainStride(photo: Tensor, { print, write }: ProgramOptions) {
  print(
    'STRIDE: a kernel that moves by 2 gives a quarter of the results, at a quarter of the cost.',
  );
  print('32 kernels of 3x3 on 28x28x16, padding valid:\n');
  const layer = (strides: number) => layers.conv2d({ filters: 32, kernelSize: 3, strides });
  const row = (strides: number) => measured(`stride ${strides}`, [28, 28, 16], layer(strides));
  print(viz.tableToText([headings, ...[1, 2, 3, 4].map(row)]));

  // A little blur first, or single pixels would be picked out: that is aliasing.
  const kernel = reshape(filters.gaussian({ size: 5 }), [5, 5, 1, 1]);
  const smaller = [1, 2, 4, 8].map((strides) => {
    const y = conv2d(photo, kernel, { padding: 'same', strides });
    return [`stride ${strides}`, asPicture(y)] as const;
  });
  await write('stride.png', pngOf({ image: asPicture(photo), ...Object.fromEntries(smaller) }));

  // How many results see each pixel: fewer and fewer, at last not all of them.
  const seen = [1, 2, 3, 4].map((strides) => {
    const counts = seenByAll(convolve({ strides }), 11);
    return {
      picture: drawSeen(counts, { caption: `stride ${strides}`, darkest: 9, numbers: true }),
    };
  });
  await write('stride-seen.png', viz.encodePng(viz.imageGrid([seen.slice(0, 2), seen.slice(2)])));
}
