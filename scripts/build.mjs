// `pnpm build`: every public package to ESM (dist/*.mjs) and bundled types (dist/*.d.mts).
// Arguments name the packages to build: pnpm build tensor kernels
import { rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { rolldown } from 'rolldown';
import { dts } from 'rolldown-plugin-dts';
import { root } from './pnpm.mjs';
import { buildInputs, publicPackages } from './workspacePackages.mjs';

const tsconfig = join(root, 'tsconfig.json');

/** Builds one package into its dist folder, which is emptied first. */
export async function buildPackage(one) {
  rmSync(join(one.folder, 'dist'), { recursive: true, force: true });
  await bundle(one, { sourcemap: true });
  // Types need a pass of their own: they have no source maps.
  const types = dts({ cwd: one.folder, tsconfig, emitDtsOnly: true });
  if (one.imports.length > 0) await bundle(one, { sourcemap: false, plugins: [types] });
}

/** All entries at once, so that code they share lies in one chunk and a class exists once. */
async function bundle(one, { sourcemap, plugins = [] }) {
  const result = await rolldown({
    cwd: one.folder,
    input: buildInputs(one),
    external: (id) => isImportedByName(id),
    platform: 'neutral',
    tsconfig,
    plugins,
    checks: { pluginTimings: false },
  });
  await result.write({
    dir: join(one.folder, 'dist'),
    format: 'esm',
    sourcemap,
    entryFileNames: '[name].mjs',
    chunkFileNames: 'shared-[hash].mjs',
  });
  await result.close();
}

/** Other packages, node: modules and the package's own name stay imports. */
function isImportedByName(id) {
  return /^[@a-z]/.test(id) && !/^[a-z]:[\\/]/i.test(id);
}

/** Builds the packages whose folders are named, or all; says how long each took. */
export async function build(names = []) {
  for (const one of publicPackages()) {
    if (names.length > 0 && !names.includes(basename(one.folder))) continue;
    const started = performance.now();
    try {
      await buildPackage(one);
    } catch (error) {
      console.error(`build: ${one.name} failed: ${error.message}`);
      process.exit(1);
    }
    console.log(`build: ${one.name} (${Math.round(performance.now() - started)} ms)`);
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await build(process.argv.slice(2));
}
