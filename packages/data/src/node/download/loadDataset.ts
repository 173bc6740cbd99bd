import { join } from 'node:path';
import { checkChoice, checkFunctions, optionsOf, wrongOption } from '@gradus/tensor/options';
import type { ImageDataset } from '../../index';
import { cacheFolder } from './cacheFolder';
import { fillCache, type DownloadProgress } from './fillCache';
import { datasetNames, publishedDatasets, type DatasetName } from './publishedDatasets';

/** Where a data set comes from. */
export interface LoadDatasetOptions {
  /** A folder with its files: it is read instead of the cache, and nothing is downloaded. */
  readonly from?: string | undefined;
  /**
   * The folder in which downloads are kept, each data set in a folder of its name. Default `gradus`
   * in the user's folder for caches, such as `~/.cache/gradus`.
   */
  readonly cache?: string | undefined;
  /** URLs of the folders in which the files are published, tried in this order. */
  readonly homes?: readonly string[] | undefined;
  /** Called with each piece that arrives; not called if nothing is missing in the cache. */
  readonly onProgress?: ((progress: DownloadProgress) => void) | undefined;
  /** Ends the download; the promise then fails with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** After so many milliseconds without a byte, a connection counts as lost. Default 30,000. */
  readonly stallTimeout?: number | undefined;
}

const op = 'loadDataset';

/** In milliseconds. */
const [defaultStallTimeout, retryDelay] = [30_000, 1000];

/**
 * A data set by its name: from the folder `from`, or from the cache, into which what is missing is
 * downloaded first. A file enters the cache only whole, and only if its checksum fits; each time it
 * is used, the checksum is looked at again.
 *
 * Sources: MNIST: Y. LeCun, C. Cortes, C. Burges, http://yann.lecun.com/exdb/mnist/. Fashion-MNIST:
 * H. Xiao, K. Rasul, R. Vollgraf, arXiv:1708.07747. CIFAR-10: A. Krizhevsky, "Learning Multiple Layers
 * of Features from Tiny Images" (2009), https://www.cs.toronto.edu/~kriz/cifar.html.
 * @throws OptionError if there is no data set of this name, an option is out of its range, or the
 * folder `from` has not got the files.
 * @throws DownloadError if a file can be had from none of the homes, or not be stored.
 * @throws FormatError naming the file if one is damaged.
 */
export async function loadDataset(
  name: DatasetName,
  options: LoadDatasetOptions = {},
): Promise<ImageDataset> {
  checkChoice(op, { name }, datasetNames);
  checkOptions(options);
  const { homes, downloads, read } = publishedDatasets[name];
  const { from, cache = cacheFolder(), signal } = options;
  signal?.throwIfAborted();
  if (from !== undefined) return read(from);
  const folder = join(cache, name);
  await fillCache(folder, downloads, {
    homes: options.homes ?? homes,
    onProgress: options.onProgress,
    signal,
    stallTimeout: options.stallTimeout ?? defaultStallTimeout,
    retryDelay,
  });
  signal?.throwIfAborted();
  return read(folder);
}

function checkOptions(options: LoadDatasetOptions): void {
  const { from, cache, homes, onProgress, signal, stallTimeout = 1 } = optionsOf(op, options);
  for (const [option, folder] of Object.entries({ from, cache })) {
    if (folder === undefined || (typeof folder === 'string' && folder !== '')) continue;
    throw wrongOption(op, `${option} to be the path of a folder`, folder);
  }
  if (homes !== undefined && !(Array.isArray(homes) && homes.length > 0 && homes.every(isHome))) {
    throw wrongOption(op, 'homes to be a list of at least one URL that begins with http', homes);
  }
  if (onProgress !== undefined) checkFunctions(op, { onProgress });
  if (signal !== undefined && !(signal instanceof AbortSignal)) {
    throw wrongOption(op, 'signal to be an AbortSignal', signal);
  }
  if (!(Number.isFinite(stallTimeout) && stallTimeout > 0 && stallTimeout < 2 ** 31)) {
    throw wrongOption(op, 'stallTimeout to be a number of milliseconds above 0', stallTimeout);
  }
}

function isHome(home: unknown): boolean {
  return typeof home === 'string' && /^https?:\/\//.test(home) && URL.canParse(home);
}
