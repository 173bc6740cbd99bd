import { OptionError, type View } from '@gradus/tensor';
import { byteLength, namedViews } from './bytes';
import { encodeNpy } from './encodeNpy';
import { loadZipCodec } from './loadZipCodec';

const op = 'encodeNpz';

/** How `encodeNpz` writes. */
export interface EncodeNpzOptions {
  /** Whether to deflate the arrays: smaller, and slower. Default false. */
  readonly compressed?: boolean;
}

/** An archive has 16 bits for the number of files and for the length of a name, 32 for places. */
const limits = { files: 0xfffe, name: 0xffff, bytes: 0xfffffffe } as const;

/** A name, the headers of NPY and zip around an array, and room to spare. */
const overhead = 1024;

/**
 * Tensors by name as the bytes of an NPZ file, which numpy.load reads: a zip archive of NPY files, in
 * the order of their names and without the time, so that equal tensors give equal bytes.
 * @throws OptionError if something is not a tensor, or they are more than an archive can hold: 65534
 *   of them, 4 GiB, or names of 64 KiB.
 */
export function encodeNpz(
  tensors: Readonly<Record<string, View>>,
  options: EncodeNpzOptions = {},
): Uint8Array {
  const { compressed = false } = options ?? {};
  const views = namedViews(op, tensors);
  checkLimits(views);
  const level = compressed ? 6 : 0;
  // The first time that an archive can name. Without a zone it is a local one, as fflate takes it.
  const settings = { level, mtime: '1980-01-01T00:00:00' } as const;
  const files = views.map(([name, view]) => [`${name}.npy`, [encodeNpy(view), settings]] as const);
  return loadZipCodec().zipSync(Object.fromEntries(files) as never);
}

function checkLimits(views: readonly (readonly [string, View])[]): void {
  let total = 0;
  for (const [name, view] of views) {
    const length = new TextEncoder().encode(`${name}.npy`).length;
    if (length > limits.name) {
      const received = `one of ${length}, ${JSON.stringify(name.slice(0, 20))}...`;
      throw new OptionError({ op, expected: `names of at most ${limits.name} bytes`, received });
    }
    total += byteLength(view) + 2 * length + overhead;
  }
  if (total > limits.bytes) {
    throw new OptionError({
      op,
      expected: 'tensors of less than 4 GiB',
      received: `${total} bytes`,
    });
  }
  if (views.length > limits.files) {
    const expected = `at most ${limits.files} tensors`;
    throw new OptionError({ op, expected, received: String(views.length) });
  }
}
