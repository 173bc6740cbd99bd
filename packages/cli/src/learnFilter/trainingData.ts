import { conv2d, data, fill, add, Random, reshape, tensor, withBackend, type Tensor } from 'gradus';
import type { Backend } from 'gradus';
import { centred, imageAt } from './images';
import type { Settings } from './settings';

/** What the layer sees and what it is to give, [count, size, size, 1] each. */
export interface TrainingData {
  readonly x: Tensor;
  readonly y: Tensor;
}

/** Images filtered at once: enough to be quick, few enough for a terminal to stay alive. */
const chunk = 8;

/**
 * Images and their filtered versions, computed with the geometry of the layer. A layer that learns
 * from the very operator that made its data is tested on nothing else than its optimizer ("inverse
 * crime": D. Colton, R. Kress, "Inverse Acoustic and Electromagnetic Scattering Theory", 1992). So
 * `noise` disturbs the targets, as a sensor would, and `rescale` makes the layer see images that
 * are not quite those that were filtered.
 */
export async function makeTrainingData(
  grey: Tensor,
  { kernel, engine, settings }: MakeOptions,
  onProgress: (done: number, total: number) => Promise<void>,
): Promise<TrainingData> {
  const count = grey.shape[0]!;
  const y = new Float32Array(grey.size);
  let filled = 0;
  for (const [images] of data.batches([grey], { batchSize: chunk })) {
    const filtered = withBackend(engine, () => filterImages(images!, kernel));
    y.set(filtered.toTypedArray(), filled);
    filled += filtered.size;
    await onProgress(filled / (grey.size / count), count);
  }
  const targets = tensor(y, grey.shape);
  return { x: rescaled(grey, settings.rescale), y: noisy(targets, settings) };
}

interface MakeOptions {
  readonly kernel: Tensor;
  readonly engine: Backend;
  readonly settings: Pick<Settings, 'noise' | 'rescale' | 'seed'>;
}

/** Images [count, height, width, 1] convolved with a kernel [height, width] as the layer does it. */
export function filterImages(images: Tensor, kernel: Tensor): Tensor {
  return conv2d(images, reshape(kernel, [...kernel.shape, 1, 1]), { padding: 'same' });
}

function noisy(y: Tensor, { noise, seed }: Pick<Settings, 'noise' | 'seed'>): Tensor {
  if (noise === 0) return y;
  const random = new Random(seed).split('noise');
  return add(
    y,
    fill(y.shape, () => random.normal(0, noise)),
  );
}

/** Each image resized by the factor and back: finer detail, or what was between pixels, is lost. */
function rescaled(grey: Tensor, factor: number): Tensor {
  if (factor === 1) return grey;
  const [count, height, width] = grey.shape as [number, number, number, number];
  const there = [Math.max(Math.round(height * factor), 1), Math.max(Math.round(width * factor), 1)];
  return centred(
    Array.from({ length: count }, (_, i) =>
      data.resizeImage(data.resizeImage(imageAt(grey, i), there as [number, number]), [
        height,
        width,
      ]),
    ),
  );
}
