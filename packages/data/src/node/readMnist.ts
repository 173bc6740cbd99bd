import { join } from 'node:path';
import { FormatError } from '@gradus/io';
import { formatShape, OptionError, sameShape, tensor, type Tensor } from '@gradus/tensor';
import { checkChoice, optionsOf } from '@gradus/tensor/options';
import {
  fashionMnistClasses,
  mnistClasses,
  type ImageDataset,
  type LabelledImages,
} from '../index';
import { checkFolder, describeContent, readFolder } from './folder';
import { readIdx } from './readIdx';
import { namingFile } from './readUnpacked';

const op = 'readMnist';

/** Which data the files hold; their names are the same. */
export interface MnistOptions {
  /** Default 'mnist'; it only decides what the classes are called. */
  readonly name?: 'mnist' | 'fashion-mnist' | undefined;
}

const classNamesOf = { mnist: mnistClasses, 'fashion-mnist': fashionMnistClasses } as const;

/** The files as they are published. */
const publishedNames = [
  'train-images-idx3-ubyte',
  'train-labels-idx1-ubyte',
  't10k-images-idx3-ubyte',
  't10k-labels-idx1-ubyte',
] as const;

/** The labels of either data set are 0 to 9. */
const classes = 10;

/** Where the elements of an IDX file of one axis start. */
const labelsStart = 8;

/**
 * MNIST or Fashion-MNIST from a folder with its four IDX files, gzipped or not, under the names that
 * they are published by, or with a dot as in `train-images.idx3-ubyte`.
 * @throws OptionError if there is no such folder, a file is missing, or the name is no data set's.
 * @throws FormatError naming the file if it is another format, damaged, cut off or too long, not as
 * many labels as images, or of labels other than 0 to 9; otherwise what the file system throws.
 */
export async function readMnist(folder: string, options: MnistOptions = {}): Promise<ImageDataset> {
  const { name = 'mnist' } = optionsOf(op, options);
  checkChoice(op, { name }, Object.keys(classNamesOf));
  const [images, labels, testImages, testLabels] = await findFiles(folder);
  const [train, test] = await Promise.all([
    readPart(images!, labels!),
    readPart(testImages!, testLabels!),
  ]);
  checkSameSize(train, test, testImages!);
  return { train, test, classNames: classNamesOf[name] };
}

/** The paths of the four files; one that is not gzipped comes first. */
async function findFiles(folder: string): Promise<string[]> {
  const [first, second, third, fourth] = publishedNames;
  const expected = `a folder with the files ${first}, ${second}, ${third} and ${fourth}`;
  await checkFolder(op, folder, expected);
  const content = await readFolder(folder);
  const found = publishedNames.map((name) => {
    const dotted = name.replace('-idx', '.idx');
    const candidates = [name, dotted, `${name}.gz`, `${dotted}.gz`];
    return candidates.find((candidate) => content.files.includes(candidate));
  });
  const missing = publishedNames.filter((_, i) => found[i] === undefined);
  if (missing.length > 0) {
    throw new OptionError({
      op,
      expected: `${expected}, gzipped or not`,
      received: `"${folder}", which lacks ${missing.join(', ')}`,
      hint: describeContent(content),
    });
  }
  return found.map((name) => join(folder, name!));
}

async function readPart(imagesPath: string, labelsPath: string): Promise<LabelledImages> {
  const [pixels, numbers] = await Promise.all([readIdx(imagesPath), readIdx(labelsPath)]);
  const images = await namingFile(imagesPath, () => asImages(pixels));
  const labels = await namingFile(labelsPath, () => asLabels(numbers, images.shape[0]!));
  return { images, labels };
}

/** The same bytes with an axis for their one channel. */
function asImages(x: Tensor): Tensor<'uint8'> {
  const { data } = x;
  if (x.rank !== 3 || x.size === 0 || !(data instanceof Uint8Array)) {
    const expected = 'images, uint8 [samples, height, width], at least one';
    throw new FormatError({ op, expected, received: `${x.dtype} ${formatShape(x.shape)}` });
  }
  return tensor(data, [...x.shape, 1]);
}

function asLabels(x: Tensor, images: number): Tensor<'int32'> {
  const expected = `the labels of ${images} images, uint8 [${images}]`;
  if (x.dtype !== 'uint8' || !sameShape(x.shape, [images])) {
    throw new FormatError({ op, expected, received: `${x.dtype} ${formatShape(x.shape)}` });
  }
  const labels = Int32Array.from(x.toTypedArray());
  const wrong = labels.findIndex((label) => label >= classes);
  if (wrong >= 0) {
    throw new FormatError({
      op,
      expected: `a label from 0 to ${classes - 1}`,
      received: `${labels[wrong]}`,
      offset: labelsStart + wrong,
    });
  }
  return tensor(labels);
}

function checkSameSize(train: LabelledImages, test: LabelledImages, path: string): void {
  const wanted = train.images.shape.slice(1, 3);
  const found = test.images.shape.slice(1, 3);
  if (sameShape(wanted, found)) return;
  throw new FormatError({
    op,
    path,
    expected: `images of ${formatShape(wanted)} pixels, as to train with`,
    received: formatShape(found),
  });
}
