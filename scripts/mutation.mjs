// `pnpm mutation`: bundles the program and the process of a trial, so that no trial waits for a
// compiler; then runs it. Arguments pass through.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { rolldown } from 'rolldown';
import { root } from './pnpm.mjs';
import { setup } from './setup.mjs';

setup();

const mutation = join(root, 'packages/mutation');
const dist = join(mutation, 'dist');

// Not emptied first: another run may be starting its trials from there.
const bundle = await rolldown({
  cwd: mutation,
  input: { main: './src/main.ts', 'children/trial': './src/children/trial.ts' },
  external: ['mocha', 'typescript'],
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
