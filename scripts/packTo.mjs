// Builds every public package and packs it into a folder, as pnpm would publish it:
// node scripts/packTo.mjs FOLDER. Prints the tarballs by package name, as JSON.
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { buildPackage } from './build.mjs';
import { runPnpm } from './pnpm.mjs';
import { publicPackages } from './workspacePackages.mjs';

const folder = resolve(process.argv[2]);
mkdirSync(folder, { recursive: true });

const tarballs = {};
for (const one of publicPackages()) {
  await buildPackage(one);
  const tarball = join(folder, `${one.name.replace('@', '').replace('/', '-')}.tgz`);
  const result = runPnpm(['pack', '--out', tarball], { cwd: one.folder });
  if (result.status !== 0) {
    console.error(`Error: ${one.name}: pnpm pack: ${result.stdout}${result.stderr}`);
    process.exit(1);
  }
  tarballs[one.name] = tarball;
}
console.log(JSON.stringify(tarballs));
