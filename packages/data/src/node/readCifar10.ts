import { join } from 'node:path';
import { FormatError } from '@gradus/io';
import { OptionError, sizeOf, tensor } from '@gradus/tensor';
import { cifar10RecordSize } from '../formats/decodeCifar10';
import { cifar10Classes, decodeCifar10, type ImageDataset, type LabelledImages } from '../index';
import { checkFolder, describeContent, readFolder, type FolderContent } from './folder';
import { namingFile, readUnpacked } from './readUnpacked';

const op = 'readCifar10';

/** The folder in the published archive. */
const publishedFolder = 'cifar-10-batches-bin';

/** As many images as CIFAR-10 has may be in one file. */
const most = 60_000 * cifar10RecordSize;
const mostNames = 2 ** 16;

/**
 * CIFAR-10 from a folder with files of its binary version, or with the published folder
 * `cifar-10-batches-bin`: all `data_batch_*.bin` to train with and all `test_batch*.bin` to test
 * with, gzipped or not, of any whole number of records each. Where there is a `batches.meta.txt`, the
 * classes are called as it says.
 * @throws OptionError if there is no such folder, or no file of either kind in it.
 * @throws FormatError naming the file if it is another format, damaged, cut off or of a wrong label;
 * otherwise what the file system throws.
 */
export async function readCifar10(folder: string): Promise<ImageDataset> {
  const { path, files } = await findFiles(folder);
  const read = (pattern: RegExp): Promise<LabelledImages> =>
    readBatches(batchFiles(files, pattern).map((name) => join(path, name)));
  const train = await read(trainName);
  const test = await read(testName);
  const classNames = files.includes(namesFile)
    ? await readNames(join(path, namesFile))
    : cifar10Classes;
  return { train, test, classNames };
}

const trainName = /^data_batch_.*\.bin(\.gz)?$/;
const testName = /^test_batch.*\.bin(\.gz)?$/;
const namesFile = 'batches.meta.txt';

/** Where the batches are: in the folder, or in the published one in it. */
async function findFiles(folder: string): Promise<{ path: string; files: readonly string[] }> {
  const expected = 'a folder with files data_batch_*.bin and test_batch*.bin, gzipped or not';
  await checkFolder(op, folder, expected);
  const content = await readFolder(folder);
  if (hasBatches(content)) return { path: folder, files: content.files };
  if (content.folders.includes(publishedFolder)) {
    const path = join(folder, publishedFolder);
    const inside = await readFolder(path);
    if (hasBatches(inside)) return { path, files: inside.files };
  }
  const missing = content.files.some((name) => trainName.test(name))
    ? 'test_batch*'
    : 'data_batch_*';
  const isPython = content.files.some((name) => /^(data_batch_\d+|test_batch)$/.test(name));
  const python = isPython ? ' These files are for Python; take the binary version.' : '';
  throw new OptionError({
    op,
    expected,
    received: `"${folder}", which has no ${missing}.bin`,
    hint: `${describeContent(content)}${python}`,
  });
}

function hasBatches({ files }: FolderContent): boolean {
  return [trainName, testName].every((pattern) => files.some((name) => pattern.test(name)));
}

/** The files of one kind in the order of their numbers; one that is there twice, not gzipped. */
function batchFiles(files: readonly string[], pattern: RegExp): string[] {
  return files
    .filter((name) => pattern.test(name))
    .filter((name) => !(name.endsWith('.gz') && files.includes(name.slice(0, -3))))
    .sort((a, b) => batchNumber(a) - batchNumber(b));
}

/** The number in a name, so that 10 comes after 9; a name without one keeps its place. */
function batchNumber(name: string): number {
  return Number(/\d+/.exec(name)?.[0] ?? 0);
}

async function readBatches(paths: readonly string[]): Promise<LabelledImages> {
  const batches: LabelledImages[] = [];
  for (const path of paths) {
    const read = async (): Promise<LabelledImages> =>
      decodeCifar10(await readUnpacked(path, { op, most }));
    batches.push(await namingFile(path, read));
  }
  return batches.length === 1 ? batches[0]! : concatenate(batches);
}

/** Row after row, all from `decodeCifar10` and so stored one after the other. */
function concatenate(batches: readonly LabelledImages[]): LabelledImages {
  const count = batches.reduce((sum, { labels }) => sum + labels.size, 0);
  const shape = [count, ...batches[0]!.images.shape.slice(1)];
  const pixels = new Uint8Array(sizeOf(shape));
  const labels = new Int32Array(count);
  let row = 0;
  for (const batch of batches) {
    pixels.set(batch.images.data, row * sizeOf(shape.slice(1)));
    labels.set(batch.labels.data, row);
    row += batch.labels.size;
  }
  return { images: tensor(pixels, shape), labels: tensor(labels) };
}

async function readNames(path: string): Promise<readonly string[]> {
  return namingFile(path, async () => {
    const text = new TextDecoder().decode(await readUnpacked(path, { op, most: mostNames }));
    const names = text
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '');
    if (names.length === cifar10Classes.length) return names;
    const expected = `the names of ${cifar10Classes.length} classes, one in a line`;
    throw new FormatError({ op, expected, received: `${names.length} lines` });
  });
}
