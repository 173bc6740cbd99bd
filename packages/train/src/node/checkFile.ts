import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { OptionError } from '@gradus/tensor';

/**
 * Finds out before the work is done whether a file can be written there.
 * @param option the name of the option that says where.
 * @throws OptionError if the folder does not exist, or a folder has the file's name.
 */
export async function checkFile(op: string, option: string, path: string): Promise<void> {
  await checkFolder(op, option, path);
  if (!(await isFolder(path))) return;
  throw new OptionError({ op, expected: `${option} of a file`, received: `the folder '${path}'` });
}

/** @throws OptionError if the folder of a file does not exist. */
export async function checkFolder(op: string, option: string, path: string): Promise<void> {
  if (await isFolder(dirname(path))) return;
  throw new OptionError({
    op,
    expected: `${option} in a folder that exists`,
    received: `'${path}'`,
  });
}

/** Whether there is a folder of that name. */
export async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (stats) => stats.isDirectory(),
    () => false,
  );
}
