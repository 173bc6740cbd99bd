import { basename, join } from 'node:path';
import { pipeline, Readable } from 'node:stream';
import { ReadableStream } from 'node:stream/web';
import { createGunzip } from 'node:zlib';
import { isSystemError } from '../folder';
import { isGzip } from '../gunzip';
import { webPage } from './downloadBytes';
import { HomeProblem } from './downloadError';
import type { PublishedFile } from './publishedDatasets';
import { storeFile } from './storeFile';

type Bytes = AsyncGenerator<Uint8Array, void, undefined>;

/**
 * The content of a gzip file as it arrives; what is not gzipped, as some servers unpack it, is passed
 * on as it is.
 * @throws HomeProblem if it is damaged or cut off, a web page, or nothing.
 */
export async function* unpacked(bytes: Bytes): Bytes {
  try {
    const start = await readStart(bytes);
    if (start.length === 0) throw new HomeProblem('no bytes');
    if (String.fromCharCode(start[0]!) === '<') throw new HomeProblem(webPage);
    const all = prepended(start, bytes);
    yield* isGzip(start) ? gunzipped(all) : all;
  } finally {
    await bytes.return();
  }
}

/**
 * Stores the files of a tar archive that are published; of anything else in it, nothing.
 * @throws HomeProblem if it is damaged, or lacks one of them; otherwise what `storeFile` throws.
 */
export async function unpackArchive(
  content: Bytes,
  folder: string,
  files: readonly PublishedFile[],
): Promise<void> {
  // Only CIFAR-10 needs it.
  const { createTarDecoder } = await import('modern-tar');
  const source = new Watched(content);
  const missing = new Map(files.map((file) => [file.name, file]));
  try {
    const archive = ReadableStream.from(source.bytes());
    for await (const { header, body } of archive.pipeThrough(createTarDecoder({ strict: true }))) {
      const name = basename(header.name);
      const file = header.type === 'file' ? missing.get(name) : undefined;
      if (file === undefined) {
        await passOver(body);
        continue;
      }
      await storeFile(join(folder, name), body, file);
      missing.delete(name);
    }
  } catch (error) {
    source.check();
    if (error instanceof HomeProblem || isSystemError(error)) throw error;
    throw new HomeProblem(`a damaged archive (${(error as Error).message})`);
  }
  if (missing.size === 0) return;
  throw new HomeProblem(`an archive without ${[...missing.keys()].join(', ')}`);
}

/**
 * Reads to the end what nobody wants. modern-tar 0.8.6 may wait for ever where a body is cancelled
 * and the archive breaks off afterwards.
 */
async function passOver(body: AsyncIterable<Uint8Array>): Promise<void> {
  const iterator = body[Symbol.asyncIterator]();
  while ((await iterator.next()).done !== true);
}

/** At least the two bytes that say what it is, if there are as many. */
async function readStart(bytes: Bytes): Promise<Uint8Array> {
  const start: number[] = [];
  while (start.length < 2) {
    const next = await bytes.next();
    if (next.done === true) break;
    if (start.length === 0 && next.value.length > 1) return next.value;
    start.push(...next.value);
  }
  return Uint8Array.from(start);
}

async function* prepended(start: Uint8Array, rest: Bytes): Bytes {
  yield start;
  yield* rest;
}

async function* gunzipped(bytes: Bytes): Bytes {
  // Errors come to whoever reads the last stream; the callback is told of them, too.
  const content = pipeline(Readable.from(bytes), createGunzip(), () => undefined);
  try {
    for await (const chunk of content) yield chunk as Uint8Array;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code?.startsWith('Z_') !== true) throw error;
    throw new HomeProblem(`a damaged gzip file (${message})`);
  }
}

/** Bytes that remember how they failed: streams between may pass on other errors. */
class Watched {
  private failure: { readonly error: unknown } | undefined;

  constructor(private readonly source: Bytes) {}

  async *bytes(): Bytes {
    try {
      yield* this.source;
    } catch (error) {
      this.failure = { error };
      throw error;
    }
  }

  /** @throws what the bytes failed with, if they did. */
  check(): void {
    if (this.failure !== undefined) throw this.failure.error;
  }
}
