import { formatShape, OptionError, sameShape, sizeOf, tensor, type Shape } from '@gradus/tensor';
import {
  checkChoice,
  checkFunctions,
  checkWhole,
  optionsOf,
  wrongOption,
} from '@gradus/tensor/options';
import { isImageSize } from '../images/imageShape';
import { fitImage, type FitOptions, type ImageDataset, type LabelledImages } from '../index';
import { findClassFiles, type ClassFile } from './classFiles';
import { readImage } from './readImage';

const op = 'readClassFolder';

/** How to read a folder in which each folder holds the images of one class. */
export interface ClassFolderOptions extends FitOptions {
  /** Which share of each class to test with, 0 to 1, where there is no folder `test`; default 0.2. */
  readonly testSplit?: number | undefined;
  /** Decides which images those are, and the order of all; default 0. */
  readonly seed?: number | undefined;
  /** Read at most so many images of each class, in each of the folders `train` and `test`; default all. */
  readonly limit?: number | undefined;
  /** Called after each file. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

/**
 * Images by class from a folder: each folder in it is a class, called by its name, sorted; the PNG
 * and JPEG files in it, at any depth, are its images. Or the folder has two in it, `train` and `test`
 * (or `validation`, or `val`), which each hold the folders of the classes. The images come in random
 * order, the same for the same seed. With a `size`, each is cropped in the middle to the aspect ratio
 * and resized; without one, all have to be of one size.
 * @throws OptionError if there is no such folder, no two classes, a class without images, images of
 * several sizes although no `size` is given, or an option is none.
 * @throws FormatError naming the file if an image cannot be read; otherwise what the file system
 * throws.
 */
export async function readClassFolder(
  folder: string,
  options: ClassFolderOptions = {},
): Promise<ImageDataset> {
  checkOptions(options);
  const { size, channels, testSplit, seed = 0, limit, onProgress } = options;
  const files = await findClassFiles(folder, { testSplit, seed, limit });
  const total = files.train.length + files.test.length;
  const reader = new ImageReader({ size, channels }, (done) => onProgress?.(done, total));
  const train = await reader.read(files.train);
  const test = await reader.read(files.test);
  return { train, test, classNames: files.classNames };
}

/** Reads images that must all turn out of one size. */
class ImageReader {
  private first: { readonly shape: Shape; readonly path: string } | undefined;
  private done = 0;

  constructor(
    private readonly fit: FitOptions,
    private readonly onProgress: (done: number) => void,
  ) {}

  async read(files: readonly ClassFile[]): Promise<LabelledImages> {
    let pixels = new Uint8Array(0);
    for (const [row, { path }] of files.entries()) {
      const image = fitImage(await readImage(path), this.fit);
      if (this.first === undefined) this.first = { shape: image.shape, path };
      else this.checkShape(image.shape, path);
      if (row === 0) pixels = roomFor([files.length, ...image.shape]);
      pixels.set(image.data, row * image.size);
      this.onProgress(++this.done);
    }
    const shape = [files.length, ...(this.first?.shape ?? [0, 0, 0])];
    const labels = Int32Array.from(files, ({ label }) => label);
    return { images: tensor(pixels, shape), labels: tensor(labels) };
  }

  private checkShape(shape: Shape, path: string): void {
    const first = this.first!;
    if (sameShape(shape, first.shape)) return;
    const pixels = (of: Shape): string => formatShape(of.slice(0, 2));
    throw new OptionError({
      op,
      expected: 'images of one size',
      received: `${pixels(first.shape)} in "${first.path}" and ${pixels(shape)} in "${path}"`,
      hint: 'Give a size, to which all are cropped and resized.',
    });
  }
}

function roomFor(shape: Shape): Uint8Array<ArrayBuffer> {
  try {
    return new Uint8Array(sizeOf(shape));
  } catch {
    throw new OptionError({
      op,
      expected: 'images that fit into memory',
      received: formatShape(shape),
      hint: 'Give a smaller size, or a limit.',
    });
  }
}

function checkOptions(options: ClassFolderOptions): void {
  const { size, channels = 'rgb', testSplit = 0, limit = 1, onProgress } = optionsOf(op, options);
  if (size !== undefined && !isImageSize(size)) {
    throw wrongOption(op, 'a size [height, width] of whole numbers, at least 1', size);
  }
  checkChoice(op, { channels }, ['grey', 'rgb']);
  if (!(Number.isFinite(testSplit) && testSplit >= 0 && testSplit < 1)) {
    throw wrongOption(op, 'a testSplit from 0 to less than 1', testSplit);
  }
  checkWhole(op, { limit });
  if (onProgress !== undefined) checkFunctions(op, { onProgress });
}
