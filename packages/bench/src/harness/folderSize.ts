import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** The bytes of all files in a folder and the folders in it. Links count as themselves. */
export function folderSize(folder: string): number {
  return readdirSync(folder, { withFileTypes: true })
    .map((entry) => join(folder, entry.name))
    .map((path) => (lstatSync(path).isDirectory() ? folderSize(path) : lstatSync(path).size))
    .reduce((total, size) => total + size, 0);
}
