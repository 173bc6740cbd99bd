import { adam } from '@gradus/optimizers';
import { fill, Random, tensor } from '@gradus/tensor';
import { sparseCategoricalCrossentropy, type Model } from '@gradus/train';

/** How long a network is trained. */
export interface Learning {
  readonly steps: number;
  readonly learningRate: number;
  /** Images in each step. */
  readonly batch: number;
}

/**
 * Trains a network, whose results are logits, to tell vertical stripes from horizontal ones by their
 * direction alone: each image has a phase and a noise of its own.
 * @returns the loss of each step.
 */
export function learnStripes(model: Model, { steps, learningRate, batch }: Learning): number[] {
  model.compile({
    optimizer: adam({ learningRate }),
    loss: sparseCategoricalCrossentropy({ fromLogits: true }),
  });
  const random = new Random(3);
  const [height, width, channels] = model.inputShape as [number, number, number];
  const labels = tensor(Int32Array.from({ length: batch }, (_, i) => i % 2));
  return Array.from({ length: steps }, () => {
    const phases = Array.from({ length: batch }, () => random.integer(4));
    const images = fill([batch, height, width, channels], (i) => {
      const place = Math.floor(i / channels);
      const image = Math.floor(place / (height * width));
      const along = image % 2 === 0 ? Math.floor(place / width) : place;
      return (along + phases[image]!) % 4 < 2 ? random.uniform(0.5, 1) : random.uniform(0, 0.5);
    });
    return model.trainOnBatch(images, labels);
  });
}
