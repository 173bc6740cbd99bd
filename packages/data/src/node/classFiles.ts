import { join } from 'node:path';
import { OptionError, Random } from '@gradus/tensor';
import { findImages, spread } from './findImages';
import { checkFolder, describeContent, readFolder, type FolderContent } from './folder';

const op = 'readClassFolder';

/** An image that is to be read, and the index of its class. */
export interface ClassFile {
  readonly path: string;
  readonly label: number;
}

/** Which images to train and to test with, each list in random order. */
export interface ClassFiles {
  readonly train: readonly ClassFile[];
  readonly test: readonly ClassFile[];
  readonly classNames: readonly string[];
}

/** How to choose them. */
export interface ChoiceOptions {
  readonly testSplit: number | undefined;
  readonly seed: number;
  readonly limit: number | undefined;
}

/** The images of one class. */
interface ImageClass {
  readonly name: string;
  readonly paths: readonly string[];
}

/** What the folder to test with may be called; the first that is there counts. */
const testFolders = ['test', 'validation', 'val'];

const defaultTestSplit = 0.2;
const expected = 'a folder with a folder of images for each class';

/**
 * Finds the images by class: in the folders `train` and `test` if both are there, otherwise directly
 * in the folder, of which then a part of each class is set aside to test with.
 * @throws OptionError if there are not two classes at least, one has no image, those to test with
 * are others than those to train with, or a part is asked for although there is a folder `test`.
 */
export async function findClassFiles(
  folder: string,
  { testSplit, seed, limit }: ChoiceOptions,
): Promise<ClassFiles> {
  await checkFolder(op, folder, expected);
  const content = await readFolder(folder);
  const testFolder = testFolders.find((name) => content.folders.includes(name));
  const random = new Random(seed);
  if (testFolder === undefined || !content.folders.includes('train')) {
    const classes = await findClasses(folder, content, limit);
    return splitClasses(classes, testSplit ?? defaultTestSplit, random);
  }
  const paths = { train: join(folder, 'train'), test: join(folder, testFolder) };
  if (testSplit !== undefined) {
    const received = `${testSplit}, although "${paths.test}" is there`;
    throw new OptionError({ op, expected: 'no testSplit', received });
  }
  const train = await findClasses(paths.train, await readFolder(paths.train), limit);
  const test = await findClasses(paths.test, await readFolder(paths.test), limit);
  checkSameClasses(train, test, paths);
  return {
    train: shuffle(train, random.split('train')),
    test: shuffle(test, random.split('test')),
    classNames: train.map(({ name }) => name),
  };
}

async function findClasses(
  folder: string,
  content: FolderContent,
  limit: number | undefined,
): Promise<ImageClass[]> {
  if (content.folders.length < 2) {
    const count = content.folders.length === 0 ? 'no folders' : 'only one folder';
    const hint = describeContent(content);
    throw new OptionError({
      op,
      expected,
      received: `"${folder}", which has ${count} in it`,
      hint,
    });
  }
  const classes: ImageClass[] = [];
  for (const name of content.folders) {
    const path = join(folder, name);
    const paths = await findImages(path);
    if (paths.length === 0) throw noImages(path);
    classes.push({ name, paths: spread(paths, limit) });
  }
  return classes;
}

function noImages(path: string): OptionError {
  const hint = 'Images end in .png, .jpg or .jpeg.';
  return new OptionError({ op, expected, received: `"${path}", which has no images`, hint });
}

function checkSameClasses(
  train: readonly ImageClass[],
  test: readonly ImageClass[],
  paths: { readonly train: string; readonly test: string },
): void {
  const lacking = (from: readonly ImageClass[], those: readonly ImageClass[]): string | undefined =>
    those.find(({ name }) => !from.some((one) => one.name === name))?.name;
  const [inTrain, inTest] = [lacking(train, test), lacking(test, train)];
  if (inTrain === undefined && inTest === undefined) return;
  const received =
    inTest === undefined ? `no ${inTrain} in "${paths.train}"` : `no ${inTest} in "${paths.test}"`;
  throw new OptionError({ op, expected: 'the same classes to train and to test with', received });
}

/** A random part of every class to test with: at least one image, unless the class has only one. */
function splitClasses(
  classes: readonly ImageClass[],
  testSplit: number,
  random: Random,
): ClassFiles {
  const train: ImageClass[] = [];
  const test: ImageClass[] = [];
  for (const { name, paths } of classes) {
    const order = random.split('split').split(name).permutation(paths.length);
    const share = Math.max(1, Math.round(paths.length * testSplit));
    const tested = testSplit === 0 ? 0 : Math.min(share, paths.length - 1);
    const take = (rows: Int32Array): string[] => Array.from(rows, (row) => paths[row]!);
    test.push({ name, paths: take(order.subarray(0, tested)) });
    train.push({ name, paths: take(order.subarray(tested)) });
  }
  return {
    train: shuffle(train, random.split('train')),
    test: shuffle(test, random.split('test')),
    classNames: classes.map(({ name }) => name),
  };
}

/** In random order: where classes follow each other, the last rows would be of one class only. */
function shuffle(classes: readonly ImageClass[], random: Random): ClassFile[] {
  const files = classes.flatMap(({ paths }, label) => paths.map((path) => ({ path, label })));
  return Array.from(random.permutation(files.length), (i) => files[i]!);
}
