// `pnpm bench`: runs the benchmarks from their sources. Arguments pass through.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { root } from './pnpm.mjs';
import { setup } from './setup.mjs';

setup();

const require = createRequire(import.meta.url);
const program = join(root, 'packages/bench/src/main.ts');
process.argv = [process.argv[0], program, ...process.argv.slice(2)];
require('ts-node').register({ project: join(root, 'tsconfig.json') });
require(program);
