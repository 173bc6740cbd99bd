import { join } from 'node:path';
import { FormatError } from '@gradus/io';
import { makeFolder } from '@gradus/io/node';
import { isSystemError } from '../folder';
import { downloadBytes, type DownloadBytesOptions } from './downloadBytes';
import { DownloadError, HomeProblem } from './downloadError';
import type { Download, PublishedFile } from './publishedDatasets';
import { compareFile, storeFile } from './storeFile';
import { unpackArchive, unpacked } from './unpack';

/** How far the download of a file is. */
export interface DownloadProgress {
  /** The file, as it is called at its home. */
  readonly file: string;
  /** In bytes. */
  readonly received: number;
  /** Its size in bytes; undefined if the home does not tell. */
  readonly total: number | undefined;
}

/** From where to download, and how. */
export interface FillCacheOptions extends Omit<DownloadBytesOptions, 'onBytes'> {
  readonly homes: readonly string[];
  readonly onProgress?: ((progress: DownloadProgress) => void) | undefined;
}

/** There is no room on the disk, or none for this user. */
const full: readonly (string | undefined)[] = ['ENOSPC', 'EDQUOT'];

/**
 * Downloads what is missing in a folder, one file after the other; what is there is only checked.
 * @throws FormatError if a file that is there is another than the published one.
 * @throws DownloadError if no home has it, or it cannot be stored.
 */
export async function fillCache(
  folder: string,
  downloads: readonly Download[],
  options: FillCacheOptions,
): Promise<void> {
  for (const download of downloads) {
    options.signal?.throwIfAborted();
    if (await isThere(folder, download.files)) continue;
    try {
      await makeFolder(folder);
      await fetchFromHomes(folder, download, options);
    } catch (error) {
      throw isSystemError(error) ? notStored(error, folder, download) : error;
    }
  }
}

async function isThere(folder: string, files: readonly PublishedFile[]): Promise<boolean> {
  let complete = true;
  for (const file of files) {
    const path = join(folder, file.name);
    const found = await compareFile(path, file);
    if (typeof found === 'object') throw damaged(path, file, found.difference);
    complete &&= found === 'the same';
  }
  return complete;
}

async function fetchFromHomes(
  folder: string,
  download: Download,
  options: FillCacheOptions,
): Promise<void> {
  const problems: string[] = [];
  for (const home of options.homes) {
    const url = new URL(download.name, home.endsWith('/') ? home : `${home}/`).href;
    try {
      await fetchFrom(url, folder, download, options);
      return;
    } catch (error) {
      if (!(error instanceof HomeProblem)) throw error;
      problems.push(`${error.message} from ${url}`);
    }
  }
  throw new DownloadError(
    `loadDataset: expected ${download.name}; received ${problems.join(' and ')}. ` +
      'Try again later, name other homes, or get the files yourself and say in which folder they are.',
  );
}

async function fetchFrom(
  url: string,
  folder: string,
  { name, kind, files }: Download,
  { onProgress, ...options }: FillCacheOptions,
): Promise<void> {
  const onBytes = (received: number, total: number | undefined): void =>
    onProgress?.({ file: name, received, total });
  const content = unpacked(downloadBytes(url, { ...options, onBytes }));
  if (kind === 'tar.gz') await unpackArchive(content, folder, files);
  else await storeFile(join(folder, files[0]!.name), content, files[0]!);
}

function damaged(path: string, { size, sha256 }: PublishedFile, received: string): FormatError {
  return new FormatError({
    op: 'loadDataset',
    path,
    expected: `the published ${size} bytes with SHA-256 ${sha256}`,
    received,
    hint: 'The file is damaged or another one. Remove it: it is then downloaded anew.',
  });
}

function notStored(cause: NodeJS.ErrnoException, folder: string, download: Download): Error {
  const bytes = download.files.reduce((sum, { size }) => sum + size, 0);
  const reason = full.includes(cause.code)
    ? `the disk is full (${cause.code}); ${Math.ceil(bytes / 1e6)} MB are needed`
    : cause.message;
  return new DownloadError(
    `loadDataset: ${download.name} could not be stored in "${folder}": ${reason}. ` +
      'Make room there, or name another cache folder.',
    { cause },
  );
}
