import { readdir, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { byCode, isFolder } from './folder';

const imageName = /\.(png|jpe?g)$/i;

/**
 * The PNG and JPEG files in a folder and the folders in it, by name, sorted within each folder by
 * the code of the letters, the same on every machine. What begins with a dot is left out. Links are
 * followed, but no folder is entered twice.
 * @throws what the file system throws where a folder cannot be read.
 */
export async function findImages(folder: string): Promise<string[]> {
  const entered = new Set<string>();
  const found: string[] = [];
  const enter = async (path: string): Promise<void> => {
    const real = await realpath(path);
    if (entered.has(real)) return;
    entered.add(real);
    const names = (await readdir(path)).filter((name) => !name.startsWith('.'));
    for (const name of names.sort(byCode)) {
      const inside = join(path, name);
      if (await isFolder(inside)) await enter(inside);
      else if (imageName.test(name)) found.push(inside);
    }
  };
  await enter(folder);
  return found;
}

/** `limit` of the paths at even distances, so that every folder among them has its share. */
export function spread(paths: readonly string[], limit = paths.length): readonly string[] {
  if (limit >= paths.length) return paths;
  return Array.from({ length: limit }, (_, i) => paths[Math.floor((i * paths.length) / limit)]!);
}
