import { data, OptionError, Random, tensor, type Tensor } from 'gradus';
import { readImageFolder, type SkippedFile } from '@gradus/data/node';
import { Failure } from '../failure';
import { mostPixels, type Settings } from './settings';

/** The images that the filter is learned from, all of one size, in random order. */
export interface Images {
  /** Grey, each minus its own mean: [count, size, size, 1]. */
  readonly grey: Tensor;
  /** In colour where they have it, 0 to 1: [size, size] or [size, size, channels]. */
  readonly originals: readonly Tensor[];
  readonly skipped: readonly SkippedFile[];
  /** Where they come from, in words. */
  readonly source: string;
}

/**
 * Reads or generates the images. They are shuffled here, since a folder's order is that of its
 * subjects and validation takes the last ones.
 */
export async function gatherImages(
  { images: folder, limit, size, seed }: Settings,
  onProgress: (done: number, total: number) => void,
): Promise<Images> {
  const random = new Random(seed).split('images');
  if (folder === undefined) {
    checkMemory(limit, size);
    const generated = data.deadLeaves({ count: limit, size, seed: random });
    const originals = Array.from({ length: limit }, (_, i) => imageAt(generated, i));
    return { grey: centred(originals), originals, skipped: [], source: 'generated dead leaves' };
  }
  const { images, skipped } = await readImageFolder(folder, {
    limit,
    onProgress(done, total) {
      checkMemory(total, size);
      onProgress(done, total);
    },
    convert: (image) => data.resizeImage(data.toFloat(data.cropToSquare(image)), [size, size]),
  }).catch((error: unknown) => {
    if (!(error instanceof OptionError)) throw error;
    const { expected, received, hint = '' } = error;
    throw new Failure(`--images: expected ${expected}; received ${received}. ${hint}`.trim());
  });
  const order = random.permutation(images.length);
  const originals = Array.from(order, (i) => images[i]!.image);
  return { grey: centred(originals), originals, skipped, source: folder };
}

/** Which file was skipped and why; most reasons name the file. */
export function describeSkipped({ path, reason }: SkippedFile): string {
  return reason.includes(path) ? reason : `${path}: ${reason}`;
}

function checkMemory(count: number, size: number): void {
  if (count * size * size <= mostPixels) return;
  throw new Failure(
    `${count} images of ${size}x${size} pixels do not fit into memory. Use --limit ` +
      `${Math.floor(mostPixels / size ** 2)}, or a smaller --size.`,
  );
}

/**
 * Grey images, each minus its mean. Their brightness hardly tells the coefficients apart, yet
 * dominates the loss: centred, the problem is 6 to 36 times better conditioned
 * (docs/learning-a-filter.md).
 */
export function centred(originals: readonly Tensor[]): Tensor {
  const [height, width] = originals[0]!.shape as [number, number];
  const pixels = height * width;
  const values = new Float32Array(originals.length * pixels);
  originals.forEach((original, i) => {
    const grey = data.toGrey(original).toTypedArray();
    const mean = grey.reduce((total: number, value: number) => total + value, 0) / pixels;
    values.set(
      grey.map((value) => value - mean),
      i * pixels,
    );
  });
  return tensor(values, [originals.length, height, width, 1]);
}

/** Image i of a batch, without its channel axis if there is but one. */
export function imageAt(batch: Tensor, i: number): Tensor<'float32'> {
  const [, height, width, channels] = batch.shape as [number, number, number, number];
  const image = data.takeRows(batch, [i]);
  const shape = channels === 1 ? [height, width] : [height, width, channels];
  return tensor(Float32Array.from(image.toTypedArray()), shape);
}
