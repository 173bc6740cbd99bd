import { readdir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';

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

function byCode(a: string, b: string): number {
  return a < b ? -1 : 1;
}

/** A link that leads nowhere is no folder; reading it as an image then says what is wrong. */
async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
