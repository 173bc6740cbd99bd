import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { HomeProblem } from './downloadError';
import type { PublishedFile } from './publishedDatasets';

/** What a download that is under way is stored as. */
const partEnding = '.part';

/** Older ones were left over when a process was killed. In milliseconds. */
const oldPart = 24 * 60 * 60 * 1000;

/**
 * Writes a file that is published, whole and checked or not at all: the content goes to a temporary
 * file beside it, which takes the name once its checksum fits. A file that is there already stays.
 * @throws HomeProblem if the content is another; otherwise what the file system throws. Nothing is
 * then left over.
 */
export async function storeFile(
  path: string,
  content: AsyncIterable<Uint8Array>,
  published: PublishedFile,
): Promise<void> {
  const temporary = join(dirname(path), `.${basename(path)}.${randomUUID()}${partEnding}`);
  const file = await open(temporary, 'wx');
  try {
    try {
      await removeOldParts(dirname(path), (await file.stat()).mtimeMs);
      for await (const chunk of checked(content, published)) await file.writeFile(chunk);
      await file.sync();
    } finally {
      await file.close();
    }
    // Another process may have been faster; what it stored is the same.
    if (await exists(path)) await rm(temporary);
    else await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/** Whether a file is there and, if so, what it has that the published one has not. */
export async function compareFile(
  path: string,
  { size, sha256 }: PublishedFile,
): Promise<'missing' | 'the same' | { readonly difference: string }> {
  if (!(await exists(path))) return 'missing';
  const found = (await stat(path)).size;
  if (found !== size) return { difference: `${found} bytes` };
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  const digest = hash.digest('hex');
  return digest === sha256 ? 'the same' : { difference: `SHA-256 ${digest}` };
}

/**
 * Removes what downloads that were killed long ago have left over.
 * @param now in milliseconds, as the file system tells the time.
 */
async function removeOldParts(folder: string, now: number): Promise<void> {
  const parts = (await readdir(folder)).filter((name) => name.endsWith(partEnding));
  for (const path of parts.map((name) => join(folder, name))) {
    // Another process may be doing the same.
    const found = await stat(path).catch(() => undefined);
    if (found !== undefined && now - found.mtimeMs > oldPart) await rm(path, { force: true });
  }
}

/** The same chunks; an error as soon as, or at the end if, they are not the published file. */
async function* checked(
  content: AsyncIterable<Uint8Array>,
  { name, size, sha256 }: PublishedFile,
): AsyncGenerator<Uint8Array, void, undefined> {
  const hash = createHash('sha256');
  let length = 0;
  for await (const chunk of content) {
    length += chunk.length;
    if (length > size) throw new HomeProblem(`more than the ${size} bytes of ${name}`);
    hash.update(chunk);
    yield chunk;
  }
  if (length < size) throw new HomeProblem(`${length} bytes instead of the ${size} of ${name}`);
  const digest = hash.digest('hex');
  if (digest !== sha256) {
    throw new HomeProblem(`another content than ${name} has (SHA-256 ${digest}, not ${sha256})`);
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      // Making the folder says what is wrong where a part of the path is a file.
      if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return false;
      throw error;
    },
  );
}
