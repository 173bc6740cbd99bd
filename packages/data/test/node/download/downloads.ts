import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { Random } from '@gradus/tensor';
import { DownloadError } from '../../../src/node/download';
import { fillCache, type FillCacheOptions } from '../../../src/node/download/fillCache';
import type { Download, PublishedFile } from '../../../src/node/download/publishedDatasets';
import { failureOf, TemporaryFolder } from '../temporaryFolder';
import { FileServer } from './fileServer';

/** Bytes that do not pack well, so that a download has several pieces. */
export function noise(size: number, seed = 1): Uint8Array {
  const random = new Random(seed);
  return Uint8Array.from({ length: size }, () => random.integer(256));
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** What is known of a file of this content. */
export function published(name: string, bytes: Uint8Array): PublishedFile {
  return { name, size: bytes.length, sha256: sha256(bytes) };
}

/** A data set of one file, called `digits` unless it says otherwise. */
export const content = noise(200_000);
export const packed = gzipSync(content);
export function digits(name = 'digits'): Download {
  return { name: `${name}.gz`, kind: 'gzip', files: [published(name, content)] };
}

/** What a failed download is to be mended with. */
export const advice =
  'Try again later, name other homes, or get the files yourself and say in which folder they are.';

/** Two homes and an empty folder to download to, for each test of the surrounding `describe`. */
export class DownloadBench {
  readonly folder = new TemporaryFolder();
  readonly home = new FileServer();
  readonly mirror = new FileServer();

  fill(
    options: Partial<FillCacheOptions> = {},
    downloads: readonly Download[] = [digits()],
  ): Promise<void> {
    return fillCache(this.folder.at('cache'), downloads, {
      homes: [this.home.url, this.mirror.url],
      stallTimeout: 5000,
      retryDelay: 1,
      ...options,
    });
  }

  /** The names in the folder, hidden ones too. */
  async stored(): Promise<string[]> {
    return (await readdir(this.folder.at('cache'))).sort();
  }

  async expectStored(name = 'digits'): Promise<void> {
    expect(await this.stored()).to.include(name);
    const found = await readFile(this.folder.at(`cache/${name}`));
    expect(sha256(found)).to.equal(sha256(content));
  }

  /** Checks what is told of the first home, and that nothing is left over. */
  async expectRefused(problem: string | RegExp): Promise<void> {
    const error = await failureOf(this.fill({ homes: [this.home.url] }));
    expect(error).to.be.instanceOf(DownloadError);
    const before = 'loadDataset: expected digits.gz; received ';
    const after = ` from ${this.home.url}digits.gz. ${advice}`;
    expect(error.message.startsWith(before), error.message).to.equal(true);
    expect(error.message.endsWith(after), error.message).to.equal(true);
    const found = error.message.slice(before.length, -after.length);
    if (typeof problem === 'string') expect(found).to.equal(problem);
    else expect(found).to.match(problem);
    expect(await this.stored()).to.deep.equal([]);
  }
}
