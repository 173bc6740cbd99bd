import { stat } from 'node:fs/promises';
import { ArgumentError, data, io, Random, type Tensor } from 'gradus';
import {
  datasetNames,
  DownloadError,
  loadDataset,
  readClassFolder,
  type DownloadProgress,
} from '@gradus/data/node';
import type { Display } from '../display/display';
import { Failure } from '../failure';
import { alternatives, nearestNames } from '../nearestNames';

/** Which images, as the command line says. */
export interface DataOptions {
  /** The name of a data set, or a folder of folders of images, one for each class. */
  readonly data: string;
  /** The folder with the files of a named data set. */
  readonly from: string | undefined;
  /** Most images to train with, and to test with. */
  readonly limit: number | undefined;
  /** What to bring images of a folder to, [height, width, channels]; without it they stay as they are. */
  readonly shape: readonly number[] | undefined;
}

/** Who is told how far it is, and what may stop it. */
export interface DataEvents {
  readonly display: Display;
  readonly signal: AbortSignal;
}

/** The data sets that have names, the generated one first. */
export const dataNames: readonly string[] = ['digits', ...datasetNames];

/** Drives which images of a folder test, so that every command takes the same ones. */
const splitSeed = 0;

/**
 * The images of `--data`, to train and to test with.
 * @throws Failure if there are none such, or their files are not as they should be.
 */
export async function loadImages(
  { data: name, from, limit, shape }: DataOptions,
  { display, signal }: DataEvents,
): Promise<data.ImageDataset> {
  try {
    if (name === 'digits') return generated(from, limit);
    const dataset = isNamed(name)
      ? await loadDataset(name, { from, signal, onProgress: downloadShower(display) })
      : await readClassFolder(await folderOf(name, from), {
          ...fitOf(shape),
          seed: splitSeed,
          onProgress: (done, total) => display.progress(done, total),
        });
    return limited(dataset, limit);
  } catch (error) {
    const told = [ArgumentError, io.FormatError, DownloadError];
    if (!told.some((kind) => error instanceof kind)) throw error;
    throw new Failure(
      `${from === undefined ? `--data ${name}` : `--from ${from}`}: ${inPlain(error as Error)}`,
    );
  }
}

/** Whether a name is that of a data set with a home; others are folders. */
function isNamed(name: string): name is (typeof datasetNames)[number] {
  return (datasetNames as readonly string[]).includes(name);
}

/** Shows the download of each file. */
function downloadShower(display: Display): (progress: DownloadProgress) => void {
  let shown: string | undefined;
  return ({ file, received, total = received }) => {
    if (file !== shown) display.phase(`Downloading ${file}`);
    shown = file;
    display.progress(received, total, `${(received / 1e6).toFixed(1)} MB`);
  };
}

function generated(from: string | undefined, limit = Infinity): data.ImageDataset {
  if (from !== undefined)
    throw new Failure('--from: the digits are generated, not read from a folder.');
  const [train, test] = [Math.min(limit, 10_000), Math.min(limit, 2000)];
  return data.digitsDataset({ train, test, seed: 0 });
}

async function folderOf(name: string, from: string | undefined): Promise<string> {
  const found = await stat(name).catch(() => undefined);
  if (found?.isDirectory() === true) {
    if (from === undefined) return name;
    throw new Failure(`--from ${from}: --data names a folder already.`);
  }
  const nearest = nearestNames(name, dataNames);
  const hint =
    nearest.length > 0
      ? `Did you mean ${alternatives(nearest)}?`
      : `Give a folder with a folder of images for each class, or one of ${dataNames.join(', ')}.`;
  const what = found === undefined ? 'there is no such data set or folder' : 'a file, not a folder';
  throw new Failure(`--data ${name}: ${what}. ${hint}`);
}

function fitOf(shape: readonly number[] | undefined): data.FitOptions {
  if (shape === undefined) return {};
  const [height, width, channels] = shape as [number, number, number];
  const color = channels === 1 ? 'grey' : channels === 3 ? 'rgb' : undefined;
  return { size: [height, width], ...(color !== undefined && { channels: color }) };
}

/** Some of the images, at random but always the same ones. */
function limited(dataset: data.ImageDataset, limit = Infinity): data.ImageDataset {
  return { ...dataset, train: some(dataset.train, limit), test: some(dataset.test, limit) };
}

function some(part: data.LabelledImages, limit: number): data.LabelledImages {
  const count = part.images.shape[0]!;
  if (count <= limit) return part;
  const rows = new Random(splitSeed).split('limit').permutation(count).subarray(0, limit);
  return takeImages(part, rows);
}

/** The images of these rows, in their order. */
export function takeImages(
  part: data.LabelledImages,
  rows: ArrayLike<number>,
): data.LabelledImages {
  return { images: data.takeRows(part.images, rows), labels: data.takeRows(part.labels, rows) };
}

/** Images as numbers for a network, with their classes. */
export interface Samples {
  /** [images, height, width, channels], from 0 to 1. */
  readonly x: Tensor<'float32'>;
  /** [images]. */
  readonly y: Tensor<'int32'>;
}

/** Numbers that fit into memory beside a training: 2 GB. */
const mostNumbers = 2 ** 29;

/** @throws Failure if they would not fit into memory. */
export function samplesOf({ images, labels }: data.LabelledImages): Samples {
  const [count, ...shape] = images.shape as [number, ...number[]];
  const most = Math.floor(mostNumbers / (images.size / Math.max(count, 1)));
  if (count > most) {
    throw new Failure(
      `${count} images of ${shape.join('x')} do not fit into memory. Use --limit ${most}, or a ` +
        'smaller --size.',
    );
  }
  return { x: data.toUnitRange(images), y: labels };
}

/** The error without the name of a function that nobody called. */
function inPlain(error: Error): string {
  return error.message.replace(/^\w+: /, '').replace(/Give a size,/, 'Give a --size,');
}
