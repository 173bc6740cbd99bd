// `pnpm check:packages`: are the packages right once they are published? Builds and packs each as
// pnpm would publish it, lints the tarballs, then installs them together in an empty folder and
// uses them there.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packPackage } from './packPackage.mjs';
import { setup } from './setup.mjs';
import { publicPackages } from './workspacePackages.mjs';

setup();
// Not before the dependencies are installed.
const { build } = await import('./build.mjs');
const { checkInstalled } = await import('./checkInstalled.mjs');
const { lintTarball } = await import('./lintTarball.mjs');
await build();

const folder = mkdtempSync(join(tmpdir(), 'gradus-packages-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

const packages = publicPackages().map((one) => ({ ...one, tarball: packPackage(one, folder) }));
const problems = [];
for (const one of packages)
  problems.push(...(await lintTarball(one.name, readFileSync(one.tarball))));
report(problems, 'contents, publint and arethetypeswrong');
report(checkInstalled(packages, folder), 'installed in an empty folder');

function report(found, what) {
  for (const problem of found) console.error(`packages: ${problem}`);
  if (found.length > 0) process.exit(1);
  console.log(`packages: ${what}: ${publicPackages().length} packages are fine`);
}
