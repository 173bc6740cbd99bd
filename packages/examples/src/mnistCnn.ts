/*
 * The smallest convolutional network that reads handwritten digits well: 32 kernels of 3x3 pixels, the
 * largest of each 2x2 results, and ten sums of what is left, one for each digit. It is trained, tested,
 * and then opened: what are its kernels, and what do they see? docs/mnist-cnn.md explains the pictures.
 */
import { readMnist } from '@gradus/data/node';
import { Option } from 'commander';
import { abs, adam, argMax, confusionMatrix, cosineDecay, data, input, layers, max } from 'gradus';
import { reshape, sequential, transpose, viz, type Model, type Tensor } from 'gradus';
import type { Program } from './program';

const settings = { train: 10_000, test: 2000, epochs: 3, batchSize: 64, learningRate: 0.004 };
const quickSettings: typeof settings = { ...settings, train: 2000, test: 400 };
const seed = 1;

export const mnistCnn: Program<{ from?: string }> = {
  summary: 'a network of 54,410 weights learns to read digits, and is opened',
  options: [
    new Option('--from <dir>', "folder with MNIST's four files (default: generated digits)"),
  ],

  async run({ from, quick, print, write }) {
    const { train, test, epochs, batchSize, learningRate } = quick ? quickSettings : settings;
    const digits =
      from === undefined ? data.digitsDataset({ train, test, seed }) : await readMnist(from);
    const images = data.toUnitRange(digits.train.images);
    const unseen = data.toUnitRange(digits.test.images);
    const { labels } = digits.test;

    // The network.
    const model = sequential(
      [
        input([28, 28, 1]),
        layers.conv2d({ filters: 32, kernelSize: 3, padding: 'valid', activation: 'relu' }),
        layers.maxPooling2d({ poolSize: 2 }),
        layers.flatten(),
        layers.dense({ units: 10, activation: 'softmax' }),
      ],
      { name: 'mnist-cnn', seed },
    );
    print(model.summary());

    // Its training, and how it does on digits that it has not seen.
    const decaySteps = epochs * Math.ceil(images.shape[0]! / batchSize);
    const schedule = cosineDecay({ initialLearningRate: learningRate, decaySteps });
    model.compile({
      optimizer: adam({ learningRate: schedule }),
      loss: 'sparseCategoricalCrossentropy',
      metrics: ['accuracy'],
    });
    print(`\nTraining on ${images.shape[0]!} digits:`);
    await model.fit(images, digits.train.labels, {
      epochs,
      batchSize,
      seed,
      callbacks: [{ onEpochEnd: (epoch, logs) => print(`epoch ${epoch + 1}: ${scores(logs)}`) }],
    });
    print(`${labels.size} other digits: ${scores(model.measure(unseen, labels))}`);

    // What it has learned, and what it takes for what.
    const probabilities = model.predict(unseen);
    const matrix = confusionMatrix(labels, probabilities, { classes: 10 });
    const title = `${labels.size} digits it was not trained on`;
    await write('digits.png', drawDigits(digits.train));
    await write('filters.png', drawFilters(model));
    // A 5 has strokes of all directions.
    const five = Math.max(labels.toTypedArray().indexOf(5), 0);
    await write('feature-maps.png', drawFeatureMaps(model, data.takeRows(unseen, [five])));
    await write('confusion.svg', viz.confusionMatrixSvg(matrix, { title }));
    await write('mistakes.png', drawMistakes(digits.test, probabilities));
  },
};

function scores(logs: Readonly<Record<string, number>>): string {
  return `loss ${logs['loss']!.toFixed(4)}, accuracy ${(100 * logs['accuracy']!).toFixed(2)} %`;
}

/** The first digits of a data set, with their labels. */
function drawDigits({ images, labels }: data.LabelledImages): Uint8Array {
  return drawGrid(32, (i) => ({
    picture: viz.toImage(imageAt(images, i)),
    label: `${labels.at(i)}`,
  }));
}

/** The kernels: red pixels count for what is looked for, blue ones against it. */
function drawFilters(model: Model): Uint8Array {
  const kernels = transpose(model.weight('0_conv2d/kernel').value, [3, 0, 1, 2]); // [32, 3, 3, 1]
  const reach = max(abs(kernels)).item();
  const colors = { colorMap: viz.diverging, range: [-reach, reach] } as const;
  return drawGrid(32, (i) => ({
    picture: viz.heatMap(imageAt(kernels, i), colors),
    label: `${i + 1}`,
  }));
}

/** What each kernel finds in a digit: the results of the first layer. */
function drawFeatureMaps(model: Model, digit: Tensor): Uint8Array {
  const convolution = layers.conv2d({ filters: 32, kernelSize: 3, activation: 'relu' });
  const firstLayer = sequential([input([28, 28, 1]), convolution]);
  firstLayer.setWeights(model.getWeights().slice(0, 2));
  const maps = transpose(firstLayer.predict(digit), [3, 1, 2, 0]); // [32, 26, 26, 1]
  const range = [0, max(maps).item()] as const;
  return drawGrid(32, (i) => ({
    picture: viz.heatMap(imageAt(maps, i), { range }),
    label: `${i + 1}`,
  }));
}

/** The digits that it was most wrong about: those whose true class it gave the least probability. */
function drawMistakes({ images, labels }: data.LabelledImages, probabilities: Tensor): Uint8Array {
  const taken = argMax(probabilities, { axis: -1 });
  const ofTruth = (i: number): number => probabilities.at(i, labels.at(i));
  const worst = Array.from({ length: labels.size }, (_, i) => i)
    .filter((i) => taken.at(i) !== labels.at(i))
    .sort((i, j) => ofTruth(i) - ofTruth(j));
  // Where nothing went wrong, one digit stands for all of them.
  const shown = worst.length > 0 ? worst : [0];
  return drawGrid(Math.min(shown.length, 32), (i) => ({
    picture: viz.toImage(imageAt(images, shown[i]!)),
    label: `${labels.at(shown[i]!)} as ${taken.at(shown[i]!)}`,
  }));
}

/** So many pictures in rows of eight, as a PNG file. */
function drawGrid(count: number, pictureAt: (i: number) => viz.LabelledPicture): Uint8Array {
  const pictures = Array.from({ length: count }, (_, i) => pictureAt(i));
  const rows = Array.from({ length: Math.ceil(count / 8) }, (_, row) =>
    pictures.slice(8 * row, 8 * (row + 1)),
  );
  return viz.encodePng(viz.imageGrid(rows, { height: 78 }));
}

/** One of a batch [count, height, width, 1], as a matrix [height, width]. */
function imageAt(images: Tensor, i: number): Tensor {
  return reshape(data.takeRows(images, [i]), images.shape.slice(1, 3));
}
