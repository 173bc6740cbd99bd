import { FormatError } from '@gradus/io';
import { OptionError, type Tensor } from '@gradus/tensor';
import { findImages, spread } from './findImages';
import { checkFolder, isSystemError } from './folder';
import { readImage } from './readImage';

/** How to read a folder of images. */
export interface ImageFolderOptions<T> {
  /** What to keep of an image, so that the pixels of a large one need not stay in memory. */
  readonly convert: (image: Tensor<'uint8'>, path: string) => T;
  /** Read at most so many files, taken at even distances from the sorted list; default all. */
  readonly limit?: number | undefined;
  /** Called after each file. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

/** What was found in a folder. */
export interface ImageFolder<T> {
  readonly images: readonly { readonly path: string; readonly image: T }[];
  /** The files that could not be read, and why; they count towards the limit. */
  readonly skipped: readonly SkippedFile[];
}

/** A file that could not be read. */
export interface SkippedFile {
  readonly path: string;
  readonly reason: string;
}

/** So many reasons are enough to see what is wrong with all files. */
const shownReasons = 3;

/**
 * Reads the PNG and JPEG files in a folder and the folders in it, one after the other, in sorted
 * order. Hidden files are ignored; files that are damaged or cannot be opened are skipped and
 * listed. An error in `convert` ends the reading.
 * @throws OptionError if there is no such folder, no image in it, or none that can be read, or if
 * the limit is no whole number of at least 1; otherwise what the file system throws where a folder
 * inside cannot be read.
 */
export async function readImageFolder<T>(
  folder: string,
  { convert, limit, onProgress }: ImageFolderOptions<T>,
): Promise<ImageFolder<T>> {
  if (limit !== undefined && !(Number.isSafeInteger(limit) && limit >= 1)) {
    throw refusal('a limit that is a whole number of at least 1', `${limit}`);
  }
  await checkFolder('readImageFolder', folder, 'a folder of PNG and JPEG images');
  const paths = spread(await findImages(folder), limit);
  if (paths.length === 0) {
    throw refusal(
      'a folder with images in it',
      `"${folder}", which has none`,
      'Images end in .png, .jpg or .jpeg.',
    );
  }
  const images: { path: string; image: T }[] = [];
  const skipped: SkippedFile[] = [];
  for (const path of paths) {
    const image = await attempt(path);
    if (typeof image === 'string') skipped.push({ path, reason: image });
    else images.push({ path, image: convert(image, path) });
    onProgress?.(images.length + skipped.length, paths.length);
  }
  if (images.length === 0) throw noneReadable(folder, skipped);
  return { images, skipped };
}

/** The image, or the reason why it cannot be read. */
async function attempt(path: string): Promise<Tensor<'uint8'> | string> {
  try {
    return await readImage(path);
  } catch (error) {
    if (error instanceof FormatError) return error.message;
    if (isSystemError(error)) return `${error.message}.`;
    throw error;
  }
}

function noneReadable(folder: string, skipped: readonly SkippedFile[]): OptionError {
  const reasons = skipped.slice(0, shownReasons).map(({ reason }) => reason);
  const more = skipped.length - reasons.length;
  const rest = more > 0 ? ` And ${more} more.` : '';
  return refusal(
    'at least one image that can be read',
    `"${folder}", where none of ${skipped.length} can`,
    `${reasons.join(' ')}${rest}`,
  );
}

function refusal(expected: string, received: string, hint?: string): OptionError {
  return new OptionError({ op: 'readImageFolder', expected, received, hint });
}
