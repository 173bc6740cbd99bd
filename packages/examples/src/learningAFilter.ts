/*
 * Learning a filter. A convolution layer is shown images, and what a filter made of them. Its kernel,
 * all zeros at first, becomes that filter. Why it does, and when not: docs/learning-a-filter.md.
 */
import { readImageFolder } from '@gradus/data/node';
import { Option } from 'commander';
import { adam, conv2d, cosineDecay, data, filters, input, io, layers, sequential } from 'gradus';
import { abs, max, mean, reshape, stack, sub, viz, type Callback, type Tensor } from 'gradus';
import type { Program } from './program';

/** What there is to learn: a filter that everybody knows, and one that nobody would think of. */
const targets = {
  'sobel-x': { target: filters.sobelX(), rate: 0.2 },
  smiley: { target: filters.smiley(), rate: 0.04 },
} as const;

const settings = { count: 100, size: 64, epochs: 16, batchSize: 2 };
const quickSettings: typeof settings = { count: 40, size: 48, epochs: 6, batchSize: 1 };
/** The part of the images that is kept for validation. */
const validationSplit = 0.1;

interface Options {
  readonly filter: keyof typeof targets;
  readonly images?: string;
}

export const learningAFilter: Program<Options> = {
  summary: 'a convolution layer becomes the Sobel filter, or a smiling face',
  options: [
    new Option('--filter <name>', 'what to learn').choices(Object.keys(targets)).default('sobel-x'),
    new Option('--images <dir>', 'folder of PNG and JPEG images (default: generated images)'),
  ],

  async run({ filter, images: folder, quick, print, write }) {
    const { count, size, epochs, batchSize } = quick ? quickSettings : settings;
    const { target, rate } = targets[filter];
    const kernelSize = target.shape[0]!;

    // The images, each minus its mean, and what the filter makes of them.
    const images =
      folder === undefined
        ? data.deadLeaves({ count, size })
        : await readPhotographs(folder, { count, size, print });
    const x = sub(images, mean(images, { axis: [1, 2], keepDims: true }));
    const y = conv2d(x, reshape(target, [kernelSize, kernelSize, 1, 1]), { padding: 'same' });

    // One layer of one kernel. Nobody tells it the filter: it sees x, and what it should have given.
    const convolution = { filters: 1, kernelSize, padding: 'same', useBias: false } as const;
    const model = sequential([
      input([size, size, 1]),
      layers.conv2d({ ...convolution, kernelInitializer: 'zeros' }),
    ]);
    const trained = (1 - validationSplit) * x.shape[0]!;
    const decaySteps = epochs * Math.ceil(trained / batchSize);
    const learningRate = cosineDecay({ initialLearningRate: rate, decaySteps });
    model.compile({ optimizer: adam({ learningRate }), loss: 'meanSquaredError' });

    // After each epoch the kernel is saved and drawn, in the colours of the target.
    const kernel = (): Tensor => reshape(model.weight('kernel').snapshot(), target.shape);
    const reach = max(abs(target)).item();
    const draw = (caption: string): Tensor<'uint8'> =>
      viz.kernelPicture(kernel(), { caption, range: [-reach, reach] });
    const film = [draw(`${filter}, epoch 0`)];
    const watch: Callback = {
      async onEpochEnd(epoch, logs) {
        const error = max(abs(sub(kernel(), target))).item() / reach;
        print(`epoch ${epoch + 1}: loss ${brief(logs['loss']!)}, kernel off by ${percent(error)}`);
        film.push(draw(`${filter}, epoch ${epoch + 1}`));
        const name = `kernels/epoch-${String(epoch + 1).padStart(2, '0')}`;
        await write(`${name}.npy`, io.encodeNpy(kernel()));
        await write(`${name}.png`, viz.encodePng(film.at(-1)!));
      },
    };
    // The last images are not trained on: `val_loss` tells how well the kernel does on them.
    const fitting = { epochs, batchSize, validationSplit, callbacks: [watch] };
    const history = await model.fit(x, y, fitting);

    // What came of it.
    if (kernelSize <= 5) print(viz.kernelToAnsi(kernel(), { color: 'none', numbers: true }));
    await write('kernel.gif', viz.encodeGif(film, { delay: 400, lastDelay: 2000 }));
    await write(
      'loss.svg',
      viz.historyPlot(history, { title: `Learning ${filter}`, logLoss: true }),
    );
    const unseen = [x.shape[0]! - 1];
    const [wanted, given] = [data.takeRows(y, unseen), model.predict(data.takeRows(x, unseen))];
    const contrast = max(abs(wanted)).item();
    const view = (pixels: Tensor, range?: viz.ValueRange): Tensor<'uint8'> =>
      viz.toImage(reshape(pixels, [size, size]), range === undefined ? {} : { range });
    const comparison = viz.imageRow([
      { picture: view(data.takeRows(images, unseen)), label: 'unseen image' },
      { picture: view(wanted, [-contrast, contrast]), label: filter },
      { picture: view(given, [-contrast, contrast]), label: 'the layer' },
      { picture: view(sub(given, wanted), [-contrast, contrast]), label: 'difference' },
    ]);
    await write('comparison.png', viz.encodePng(comparison));
  },
};

/** Photographs as squares of grey, [count, size, size, 1], from 0 to 1. */
async function readPhotographs(
  folder: string,
  { count, size, print }: { count: number; size: number; print: (text: string) => void },
): Promise<Tensor> {
  const { images, skipped } = await readImageFolder(folder, {
    convert: (image) => data.resizeImage(data.cropToSquare(data.toGrey(image)), [size, size]),
    limit: count,
  });
  for (const { reason } of skipped) print(`skipped ${reason}`);
  return reshape(stack(images.map(({ image }) => image)), [-1, size, size, 1]);
}

const brief = (value: number): string => value.toExponential(1);
const percent = (part: number): string => `${Number((100 * part).toPrecision(2))} %`;
