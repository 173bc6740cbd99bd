import type { Tensor } from '@gradus/tensor';
import { parseIdxHeader } from '../formats/idxHeader';
import { decodeIdx } from '../index';
import { namingFile, readUnpacked } from './readUnpacked';

/** A gibibyte: twenty times the images of MNIST. */
const most = 2 ** 30;

/**
 * The tensor in an IDX file, gzipped or not, as `decodeIdx` gives it.
 * @throws FormatError naming the file if it is not one that `decodeIdx` reads, a damaged gzip file,
 * or more than 1 GiB; otherwise what the file system throws.
 */
export async function readIdx(path: string): Promise<Tensor> {
  return namingFile(path, async () => {
    const announced = (start: Uint8Array): number => parseIdxHeader(start).fileSize;
    return decodeIdx(await readUnpacked(path, { op: 'readIdx', most, announced }));
  });
}
