// The public packages of the workspace, read from their package.json files.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './pnpm.mjs';

/** Every package that is published; `imports` are the names that users write. */
export function publicPackages() {
  const packages = join(root, 'packages');
  return readdirSync(packages)
    .map((name) => join(packages, name))
    .filter((folder) => existsSync(join(folder, 'package.json')))
    .map(readPackage)
    .filter(({ manifest }) => !manifest.private);
}

function readPackage(folder) {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const entries = Object.keys(manifest.publishConfig?.exports ?? {});
  const imports = entries
    .filter((entry) => entry !== './package.json')
    .map((entry) => manifest.name + entry.slice(1));
  return { name: manifest.name, folder, manifest, imports };
}

/**
 * Where each published file comes from: `{ index: './src/index.ts', ... }`. `exports` names the
 * sources and `publishConfig.exports` what is built from them; a published command is built from
 * the file of the same name in src.
 */
export function buildInputs({ manifest }) {
  const published = manifest.publishConfig ?? {};
  const libraries = Object.entries(published.exports ?? {})
    .filter(([, target]) => typeof target === 'object')
    .map(([entry, target]) => [distName(target.default), manifest.exports[entry]]);
  const commands = Object.values(published.bin ?? {}).map((target) => [
    distName(target),
    `./src/${distName(target)}.ts`,
  ]);
  return Object.fromEntries([...libraries, ...commands]);
}

/**
 * Whether what a package imports by this name is built into it instead of being installed beside it:
 * development dependencies are, unless users are asked to install them. So users get the functions
 * that are used, and not a whole library for each of them; and Node loads CommonJS libraries, which
 * it must search for their exports, much more slowly than our own files.
 */
export function isBundled({ manifest }, id) {
  const { devDependencies = {}, peerDependencies = {} } = manifest;
  const [name] = /^(@[^/]+\/)?[^/]+/.exec(id);
  return name in devDependencies && !(name in peerDependencies);
}

const distName = (path) => path.replace('./dist/', '').replace('.mjs', '');
