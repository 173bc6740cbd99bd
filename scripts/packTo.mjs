// Builds every public package and packs it into a folder, as pnpm would publish it:
// node scripts/packTo.mjs FOLDER. Prints the tarballs by package name, as JSON.
import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { buildPackage } from './build.mjs';
import { packPackage } from './packPackage.mjs';
import { publicPackages } from './workspacePackages.mjs';

const folder = resolve(process.argv[2]);
mkdirSync(folder, { recursive: true });

const tarballs = {};
for (const one of publicPackages()) {
  await buildPackage(one);
  tarballs[one.name] = packPackage(one, folder);
}
console.log(JSON.stringify(tarballs));
