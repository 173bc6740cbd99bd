import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { OptionError } from '@gradus/tensor';

/** What a folder holds, hidden things left out, each sorted by the codes of the letters. */
export interface FolderContent {
  readonly files: readonly string[];
  readonly folders: readonly string[];
}

/**
 * The names of the files and folders directly in a folder; links count as what they lead to.
 * @throws what the file system throws where the folder cannot be read.
 */
export async function readFolder(folder: string): Promise<FolderContent> {
  const files: string[] = [];
  const folders: string[] = [];
  const names = (await readdir(folder)).filter((name) => !name.startsWith('.'));
  for (const name of names.sort(byCode)) {
    ((await isFolder(join(folder, name))) ? folders : files).push(name);
  }
  return { files, folders };
}

/** Orders names the same on every machine. */
export function byCode(a: string, b: string): number {
  return a < b ? -1 : 1;
}

/** A link that leads nowhere is no folder; reading it as a file then says what is wrong. */
export async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

/**
 * Checks that there is a folder to read.
 * @throws OptionError naming `op` and what should be there, if there is none.
 */
export async function checkFolder(op: string, path: string, expected: string): Promise<void> {
  if (typeof path !== 'string') {
    throw new OptionError({ op, expected, received: `a value of type ${typeof path}` });
  }
  const found = await stat(path).catch((error: unknown) => {
    if (!isSystemError(error)) throw error;
    const missing = error.code === 'ENOENT';
    const received = missing ? `"${path}", which does not exist` : `"${path}" (${error.message})`;
    throw new OptionError({ op, expected, received });
  });
  if (found.isDirectory()) return;
  throw new OptionError({ op, expected, received: `"${path}", which is a file` });
}

/** Whether the file system, or another part of the operating system, said so. */
export function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error;
}

const shownNames = 10;

/** What is in a folder, as a sentence that helps whoever named the wrong one. */
export function describeContent({ files, folders }: FolderContent): string {
  const names = [...folders.map((name) => `${name}/`), ...files];
  if (names.length === 0) return 'The folder is empty.';
  const more = names.length - shownNames;
  return `In it: ${names.slice(0, shownNames).join(', ')}${more > 0 ? ` and ${more} more` : ''}.`;
}
