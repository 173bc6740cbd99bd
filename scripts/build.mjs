// `pnpm build`: every public package to ESM (dist/*.mjs) and bundled types (dist/*.d.mts).
// Arguments name the packages to build: pnpm build tensor kernels
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { rolldown } from 'rolldown';
import { minifySync } from 'rolldown/utils';
import { dts } from 'rolldown-plugin-dts';
import { root } from './pnpm.mjs';
import { buildInputs, isBundled, publicPackages } from './workspacePackages.mjs';

const tsconfig = join(root, 'tsconfig.json');

/**
 * Builds one package into its dist folder, which is emptied first. There are no source maps: what is
 * built is readable, and the maps would be most of what users install. Docstrings stand in the types
 * alone, where editors look for them.
 */
export async function buildPackage(one) {
  rmSync(join(one.folder, 'dist'), { recursive: true, force: true });
  // What a bundled package imports is bundled, too.
  const external = (id, importer) =>
    isImportedByName(id) && !isBundled(one, id) && !importer?.includes('node_modules');
  const chunks = await bundle(one, { external, plugins: [importEntries(one), minify] });
  writeNotices(one, chunks);
  // Types need a pass of their own.
  const types = dts({ cwd: one.folder, tsconfig, emitDtsOnly: true });
  if (one.imports.length > 0) await bundle(one, { external: isImportedByName, plugins: [types] });
}

/** All entries at once, so that code they share lies in one chunk and a class exists once. */
async function bundle(one, { external, plugins = [] }) {
  const result = await rolldown({
    cwd: one.folder,
    input: buildInputs(one),
    external,
    platform: 'neutral',
    resolve: { mainFields: ['module', 'main'] },
    tsconfig,
    plugins,
    experimental: { attachDebugInfo: 'none' },
    checks: { pluginTimings: false },
  });
  const { output } = await result.write({
    dir: join(one.folder, 'dist'),
    format: 'esm',
    comments: { jsdoc: false },
    codeSplitting: { groups: [{ name: 'vendor', test: /node_modules/ }] },
    entryFileNames: '[name].mjs',
    chunkFileNames: 'shared-[hash].mjs',
  });
  await result.close();
  return output;
}

/**
 * What imports the sources of another entry imports the file built from it, as users do. Otherwise
 * that file would only pass on what lies in a chunk, and every start would have to load both.
 */
function importEntries(one) {
  const built = new Map(
    Object.entries(buildInputs(one)).map(([name, source]) => [join(one.folder, source), name]),
  );
  return {
    name: 'import-entries',
    async resolveId(id, importer) {
      if (importer === undefined || !id.startsWith('.')) return;
      const name = built.get((await this.resolve(id, importer))?.id);
      if (name !== undefined) return { id: `./${name}.mjs`, external: 'relative' };
    },
  };
}

/** Statements stay as they are, and lines. */
const readable = {
  compress: { sequences: false, joinVars: false, keepNames: { function: true, class: true } },
  mangle: false,
  codegen: { removeWhitespace: false },
};

/** For what few read where it is installed: what tests import, and other people's code. */
const small = { compress: true, mangle: true };

const minify = {
  name: 'minify',
  renderChunk(code, { name, fileName }) {
    const form = /^(testing|vendor)/.test(name) ? small : readable;
    return minifySync(fileName, code, { module: true, ...form }).code;
  },
};

/** Other packages, node: modules and the package's own name stay imports. */
function isImportedByName(id) {
  return /^[@a-z]/.test(id) && !/^[a-z]:[\\/]/i.test(id);
}

/** What is bundled of other packages comes with their licences, as these demand. */
function writeNotices({ folder }, chunks) {
  const folders = chunks
    .flatMap((chunk) => chunk.moduleIds ?? [])
    .filter((id) => id.includes('node_modules'))
    .map((id) => /^.*[\\/]node_modules[\\/](@[^\\/]+[\\/])?[^\\/]+/.exec(id)[0]);
  if (folders.length === 0) return;
  const texts = [...new Set(folders)].toSorted().map((bundled) => {
    const { name, version } = JSON.parse(readFileSync(join(bundled, 'package.json'), 'utf8'));
    const licence = readdirSync(bundled).find((file) => file.startsWith('LICENSE'));
    return `${name} ${version}\n\n${readFileSync(join(bundled, licence), 'utf8').trim()}\n`;
  });
  writeFileSync(join(folder, 'dist/NOTICES.txt'), texts.join('\n'));
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
