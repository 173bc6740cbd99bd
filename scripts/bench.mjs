// `pnpm bench`: bundles the benchmark with the library, as users' bundlers do, so that neither a
// compiler nor the loading of sources is measured; then runs it. Arguments pass through.
import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { rolldown } from 'rolldown';
import { root } from './pnpm.mjs';
import { setup } from './setup.mjs';

setup();

const bench = join(root, 'packages/bench');
const dist = join(bench, 'dist');
const children = readdirSync(join(bench, 'src/children')).map((file) => basename(file, '.ts'));

// Not emptied first: another run may be starting its contestants from there.
const bundle = await rolldown({
  cwd: bench,
  input: {
    main: './src/main.ts',
    ...Object.fromEntries(
      children.map((name) => [`children/${name}`, `./src/children/${name}.ts`]),
    ),
  },
  platform: 'node',
  tsconfig: join(root, 'tsconfig.json'),
  checks: { pluginTimings: false },
});
await bundle.write({
  dir: dist,
  format: 'cjs',
  sourcemap: true,
  entryFileNames: '[name].cjs',
  chunkFileNames: 'shared-[hash].cjs',
});
await bundle.close();

const program = join(dist, 'main.cjs');
process.argv = [process.argv[0], program, ...process.argv.slice(2)];
createRequire(import.meta.url)(program);
