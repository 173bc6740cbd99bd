/* Padding: zeros around the image, so that the kernel may reach over its border. */
import { conv2d, filters, layers, pad, reshape, viz, type ConvOptions, type Tensor } from 'gradus';
import { asPicture, pngOf } from '../drawings';
import type { ProgramOptions } from '../program';
import { headings, measured } from './measured';
import { convolve, drawSeen, seenByAll } from './seen';

export async function explainPadding(photo: Tensor, { print, write }: ProgramOptions) {
  print(
    "\nPADDING: 'valid' stays inside, 'same' keeps the size (at stride 1), numbers say how much.",
  );
  print('Kernels of 5x5 on 28x28x1:\n');
  const layer = (options: ConvOptions) =>
    layers.conv2d({ filters: 1, kernelSize: 5, ...options } as const);
  const five = (options: ConvOptions) => Array.from({ length: 5 }, () => layer(options));
  const row = (name: string, ...stack: ReturnType<typeof five>) =>
    measured(name, [28, 28, 1], ...stack);
  print(
    viz.tableToText([
      headings,
      row('valid', layer({ padding: 'valid' })),
      row('same', layer({ padding: 'same' })),
      row('padding 4', layer({ padding: 4 })),
      row('five layers, valid', ...five({ padding: 'valid' })),
      row('five layers, same', ...five({ padding: 'same' })),
    ]),
  );

  // A mean of 15x15 pixels: where it reaches over the border, it counts zeros, which are black.
  const size = photo.shape[1]! + 28;
  const kernel = reshape(filters.averaging({ size: 15 }), [15, 15, 1, 1]);
  const framed = (y: Tensor): Tensor => {
    const border = (size - y.shape[1]!) / 2;
    const around = [border, border] as const;
    return pad(y, { paddings: [[0, 0], around, around, [0, 0]], value: 1 });
  };
  const blurred = (padding: 'valid' | 'same' | number) =>
    asPicture(framed(conv2d(photo, kernel, { padding })));
  await write(
    'padding.png',
    pngOf({
      image: asPicture(framed(photo)),
      valid: blurred('valid'),
      same: blurred('same'),
      'padding 14': blurred(14),
    }),
  );

  // How many results see each pixel: without padding those at the border hardly count.
  const seen = (caption: string, options: ConvOptions) => {
    const counts = seenByAll(convolve(options), 8);
    return { picture: drawSeen(counts, { caption, darkest: 9, numbers: true }) };
  };
  const rows = [
    [seen('valid', { padding: 'valid' }), seen('same', { padding: 'same' })],
    [seen('padding 2', { padding: 2 }), seen('same, stride 2', { padding: 'same', strides: 2 })],
  ];
  await write('padding-seen.png', viz.encodePng(viz.imageGrid(rows)));
}
