import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { data, filters, io, tensor, type Tensor } from 'gradus';
import { Failure, reasonOf } from '../failure';
import { alternatives, nearestNames } from '../nearestNames';
import { largestKernel } from './settings';

/** The kernel that is to be learned. */
export interface Target {
  readonly name: string;
  /** Shape [height, width], float32. */
  readonly kernel: Tensor;
}

/** Filters of one size. */
const fixed: Readonly<Record<string, () => Tensor>> = {
  'sobel-x': filters.sobelX,
  'sobel-y': filters.sobelY,
  'scharr-x': filters.scharrX,
  'scharr-y': filters.scharrY,
  'prewitt-x': filters.prewittX,
  'prewitt-y': filters.prewittY,
  laplacian: filters.laplacian,
};

/** Filters drawn at any size, and the size they have by default. */
const drawn: Readonly<Record<string, readonly [defaultSize: number, (size: number) => Tensor]>> = {
  gaussian: [5, (size) => filters.gaussian({ size })],
  gabor: [15, (size) => filters.gabor({ size })],
  smiley: [32, (size) => filters.smiley(size)],
};

/** The names that `--filter` knows. */
export const filterNames: readonly string[] = [...Object.keys(fixed), ...Object.keys(drawn)];

/**
 * The kernel that `--filter` means, in a frame of zeros if `--kernel-size` asks for a larger one.
 * @throws Failure if there is no such filter, or its kernel does not fit.
 */
export async function resolveTarget(filter: string, size: number | undefined): Promise<Target> {
  if (Object.hasOwn(drawn, filter)) {
    const [defaultSize, draw] = drawn[filter]!;
    return { name: filter, kernel: checked(filter, draw(size ?? defaultSize)) };
  }
  if (Object.hasOwn(fixed, filter)) return framed({ name: filter, kernel: fixed[filter]!() }, size);
  if (/\.(png|npy)$/i.test(filter)) return framed(await readTarget(filter), size);
  const nearest = nearestNames(filter, filterNames);
  throw new Failure(
    nearest.length > 0
      ? `--filter ${filter}: there is no such filter. Did you mean ${alternatives(nearest)}?`
      : `--filter ${filter}: there is no such filter. Give a file ending in .png or .npy, or one ` +
          `of ${filterNames.join(', ')}.`,
  );
}

async function readTarget(file: string): Promise<Target> {
  const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    throw new Failure(`--filter ${file}: the file cannot be read: ${reasonOf(error)}.`);
  });
  try {
    const kernel = /\.png$/i.test(file)
      ? unitNorm(data.toGrey(data.decodeImage(bytes)))
      : io.decodeNpy(bytes);
    return { name: basename(file), kernel: checked(file, kernel) };
  } catch (error) {
    if (error instanceof io.FormatError) throw new Failure(`--filter ${file}: ${error.message}`);
    throw error;
  }
}

function checked(file: string, kernel: Tensor): Tensor {
  if (kernel.rank !== 2 || kernel.size === 0 || Math.max(...kernel.shape) > largestKernel) {
    throw new Failure(
      `--filter ${file}: expected a kernel [height, width] of at most ${largestKernel} each; ` +
        `received [${kernel.shape.join(', ')}].`,
    );
  }
  const values = Float32Array.from(kernel.toTypedArray());
  if (!values.every(Number.isFinite) || values.every((value) => value === 0)) {
    throw new Failure(`--filter ${file}: expected finite coefficients, not all of them 0.`);
  }
  return tensor(values, kernel.shape);
}

/** Brightness as coefficients, scaled like the smiley: the sum of their squares is 1. */
function unitNorm(grey: Tensor): Tensor {
  const values = Float32Array.from(grey.toTypedArray());
  const norm = Math.sqrt(values.reduce((total, value) => total + value * value, 0));
  return tensor(norm === 0 ? values : values.map((value) => value / norm), grey.shape);
}

/**
 * The kernel in the middle of a larger one of zeros. Padding 'same' puts the centre of n taps at
 * floor((n - 1) / 2); the centres are laid on each other, so that the filter stays the same.
 */
function framed({ name, kernel }: Target, size: number | undefined): Target {
  if (size === undefined) return { name, kernel };
  const [height, width] = kernel.shape as [number, number];
  if (size < height || size < width) {
    throw new Failure(
      `--kernel-size ${size}: the ${name} kernel is ${height}x${width}; expected at least ` +
        `${Math.max(height, width)}.`,
    );
  }
  const [top, left] = [height, width].map(
    (n) => Math.floor((size - 1) / 2) - Math.floor((n - 1) / 2),
  ) as [number, number];
  const values = new Float32Array(size * size);
  const from = kernel.toTypedArray();
  from.forEach((value: number, i: number) => {
    values[(top + Math.floor(i / width)) * size + left + (i % width)] = value;
  });
  return { name, kernel: tensor(values, [size, size]) };
}
