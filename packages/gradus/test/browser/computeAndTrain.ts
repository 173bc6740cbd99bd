import type * as Gradus from '../../src/index';

/** What is to be the same wherever it is computed. */
export interface Computed {
  readonly engine: string;
  /** The loss of each epoch. */
  readonly losses: readonly number[];
  /** Of convolutions by different algorithms: the norms of their filter and input gradients. */
  readonly gradients: readonly number[];
}

/** Trains a tiny classifier on the engine `simd`, and differentiates convolutions of several kinds. */
export async function computeAndTrain(gradus: typeof Gradus): Promise<Computed> {
  const { adam, input, layers, sequential, simd } = gradus;
  const { images, labels } = stripes(gradus);
  const model = sequential([
    input([12, 12, 1]),
    layers.conv2d({ filters: 4, kernelSize: 3, activation: 'relu' }),
    layers.maxPooling2d(),
    layers.flatten(),
    layers.dense({ units: 2 }),
  ]);
  const loss = gradus.sparseCategoricalCrossentropy({ fromLogits: true });
  model.compile({ optimizer: adam({ learningRate: 0.01 }), loss, engine: simd });
  const { history } = await model.fit(images, labels, { batchSize: 8, epochs: 5 });
  return { engine: simd.name, losses: history['loss']!, gradients: convolutionGradients(gradus) };
}

/** Images with horizontal stripes, class 0, and vertical ones, class 1. */
function stripes({ fill, tensor }: typeof Gradus) {
  const count = 32;
  const images = fill([count, 12, 12, 1], (i) => {
    const [image, row, column] = [Math.floor(i / 144), Math.floor(i / 12) % 12, i % 12];
    return Math.sin(image + (image % 2 === 0 ? row : column));
  });
  return {
    images,
    labels: tensor(
      Int32Array.from({ length: count }, (_, i) => i % 2),
      [count],
    ),
  };
}

function convolutionGradients(gradus: typeof Gradus): number[] {
  const { conv2d, fill, grad, simd, square, sum, withBackend } = gradus;
  // Direct sums, depthwise, Winograd's algorithm, and Fourier transforms.
  const kinds = [
    { x: [2, 9, 9, 3], filter: [2, 3, 3, 5], groups: 1 },
    { x: [2, 9, 9, 4], filter: [3, 3, 1, 4], groups: 4 },
    { x: [1, 28, 28, 32], filter: [3, 3, 32, 64], groups: 1 },
    { x: [1, 64, 64, 1], filter: [24, 24, 1, 1], groups: 1 },
  ];
  return kinds.flatMap(({ x, filter, groups }) =>
    withBackend(simd, () => {
      const slopes = grad((x, filter) => sum(square(conv2d(x, filter, { groups }))));
      const waves = (shape: number[]) => fill(shape, (i) => Math.sin(i + 1));
      return slopes(waves(x), waves(filter)).map((slope) => sum(square(slope)).item());
    }),
  );
}
