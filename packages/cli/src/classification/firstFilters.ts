import { tensor, viz, type Model, type Tensor } from 'gradus';
import { pixelFigure } from './pixelFigure';

/** So many filters are shown. */
const mostShown = 64;

/**
 * The filters of the first convolution of a model as pictures: those that see three channels in
 * colour, grey being 0, others red where they are positive and blue where negative.
 */
export function firstFilters(model: Model): viz.Content[] | undefined {
  const kernel = model.variables.find(({ value }) => value.rank === 4)?.snapshot();
  if (kernel === undefined) return undefined;
  const [height, width, channels, filters] = kernel.shape as [number, number, number, number];
  const shown = Math.min(filters, mostShown);
  const reach = largestSize(kernel);
  const pictures = Array.from({ length: shown }, (_, f) => {
    const values = filterAt(kernel, f);
    const picture =
      channels === 3
        ? viz.toImage(values, { range: [-reach, reach] })
        : viz.heatMap(values, { range: [-reach, reach], colorMap: viz.diverging });
    return pixelFigure(picture, { alt: `Filter ${f}` });
  });
  const colours =
    channels === 3
      ? 'They see colours, and are shown in them; grey is 0.'
      : 'Red is positive, blue negative.' +
        (channels === 1 ? '' : ` Shown is the mean over their ${channels} channels.`);
  const count = shown < filters ? `The first ${shown} of ${filters}` : `All ${filters}`;
  return [
    `${count} filters of ${height}x${width}, in one scale up to ${reach.toPrecision(3)}. ${colours}`,
    viz.sideBySide(...pictures),
  ];
}

/** Filter f of a kernel [height, width, channels, filters]; of one channel, or not of three, a matrix. */
function filterAt(kernel: Tensor, f: number): Tensor {
  const [height, width, channels, filters] = kernel.shape as [number, number, number, number];
  const all = kernel.toTypedArray();
  const at = (pixel: number, c: number): number => all[(pixel * channels + c) * filters + f]!;
  if (channels === 3) {
    const values = Float32Array.from({ length: height * width * 3 }, (_, i) =>
      at(Math.floor(i / 3), i % 3),
    );
    return tensor(values, [height, width, 3]);
  }
  const means = Float32Array.from({ length: height * width }, (_, pixel) => {
    let sum = 0;
    for (let c = 0; c < channels; c++) sum += at(pixel, c);
    return sum / channels;
  });
  return tensor(means, [height, width]);
}

/** The largest number in magnitude; 1 if all are 0. */
function largestSize(kernel: Tensor): number {
  let most = 0;
  for (const value of kernel.toTypedArray()) most = Math.max(most, Math.abs(value));
  return most > 0 && most < Infinity ? most : 1;
}
