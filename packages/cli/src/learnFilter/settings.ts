import type { EngineName } from '../engines';

/** Everything that decides the outcome of `learn-filter`. */
export interface Settings {
  /** The name of a filter, or the path of a PNG or NPY file. */
  readonly filter: string;
  /** Folder of photographs; `undefined` for generated images. */
  readonly images: string | undefined;
  /** Most images to use. */
  readonly limit: number;
  /** Height and width of the images, pixels. */
  readonly size: number;
  /** Height and width of the learned kernel; `undefined` for that of the filter. */
  readonly kernelSize: number | undefined;
  readonly epochs: number;
  readonly batchSize: number;
  /** Of the first step; it falls to 0 along a cosine. */
  readonly learningRate: number;
  readonly validationSplit: number;
  /** Standard deviation of the noise added to the targets; images go from 0 to 1. */
  readonly noise: number;
  /** Factor by which the layer's images are resized, and back. */
  readonly rescale: number;
  readonly seed: number;
  readonly engine: EngineName;
  readonly out: string;
}

/** Settings as given on the command line: what depends on the kernel may be missing. */
export type Options = Omit<Settings, 'size' | 'learningRate'> & {
  readonly size: number | undefined;
  readonly learningRate: number | undefined;
};

/** Height and width of the largest kernel: one step takes seconds. */
export const largestKernel = 128;

/** Height and width of the largest images. */
export const largestImage = 4096;

/** Pixels of all images together, which are kept in memory several times: about 3 GB. */
export const mostPixels = 2 ** 27;

/** Images below this many pixels show too little of what photographs are like. */
const smallestDefaultSize = 64;

/**
 * Completes the options with defaults that depend on the kernel. The learning rate was measured to
 * work for kernels from 3x3 to 32x32 (docs/learning-a-filter.md): the larger the kernel, the more of
 * its coefficients add up in each output pixel, so each may move less in a step.
 */
export function completeSettings(options: Options, kernelSize: number): Settings {
  return {
    ...options,
    size: options.size ?? Math.max(smallestDefaultSize, 2 * kernelSize),
    // Rounded for those who read it: 0.6 / 3 is 0.19999999999999998.
    learningRate: options.learningRate ?? Number((0.6 / kernelSize).toPrecision(6)),
  };
}
