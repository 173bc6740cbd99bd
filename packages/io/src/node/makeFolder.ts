import { existsSync, statSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Makes a folder and those around it, if they are not there. Node's own way of doing so never ends
 * where the system takes no folders, such as in /proc.
 * @returns the outermost folder made, or undefined if it was there.
 * @throws Error of the system if it cannot be made.
 */
export async function makeFolder(path: string): Promise<string | undefined> {
  const around = dirname(path);
  const isThere = around === path || existsSync(around);
  const outermost = isThere ? undefined : await makeFolder(around);
  const made = await makeOne(path);
  return outermost ?? made;
}

async function makeOne(path: string): Promise<string | undefined> {
  try {
    await mkdir(path);
    return path;
  } catch (error) {
    if (isFolder(path)) return undefined;
    throw error;
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
