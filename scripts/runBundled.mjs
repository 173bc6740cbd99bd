// Bundles a program of the repository, and the programs of its child processes, so that neither a
// compiler nor the loading of sources takes time there; then runs it with the arguments given.
import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { root } from './pnpm.mjs';

/** @param external packages that are not bundled. */
export async function runBundled(name, external = []) {
  // Not before the dependencies are installed.
  const { rolldown } = await import('rolldown');
  const folder = join(root, 'packages', name);
  const children = readdirSync(join(folder, 'src/children')).map((file) => basename(file, '.ts'));
  // The folder is not emptied first: another run may be starting its children from there.
  const bundle = await rolldown({
    cwd: folder,
    input: {
      main: './src/main.ts',
      ...Object.fromEntries(
        children.map((child) => [`children/${child}`, `./src/children/${child}.ts`]),
      ),
    },
    external,
    platform: 'node',
    tsconfig: join(root, 'tsconfig.json'),
    checks: { pluginTimings: false },
  });
  await bundle.write({
    dir: join(folder, 'dist'),
    format: 'cjs',
    sourcemap: true,
    entryFileNames: '[name].cjs',
    chunkFileNames: 'shared-[hash].cjs',
  });
  await bundle.close();
  const program = join(folder, 'dist/main.cjs');
  process.argv = [process.argv[0], program, ...process.argv.slice(2)];
  createRequire(import.meta.url)(program);
}
