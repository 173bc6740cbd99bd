import { join } from 'node:path';
import { runPnpm } from './pnpm.mjs';

/**
 * Packs a built package into a folder, as pnpm would publish it; returns the tarball's path.
 *
 * @throws Error with what pnpm says if it fails.
 */
export function packPackage({ name, folder: source }, folder) {
  const tarball = join(folder, `${name.replace('@', '').replace('/', '-')}.tgz`);
  const { status, stdout, stderr } = runPnpm(['pack', '--out', tarball], { cwd: source });
  if (status !== 0) throw new Error(`${name}: pnpm pack: ${stdout}${stderr}`);
  return tarball;
}
