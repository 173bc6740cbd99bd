// `npm run example -- NAME`: runs one of the programs in packages/examples, from its sources.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { root } from './pnpm.mjs';
import { setup } from './setup.mjs';

setup();

const require = createRequire(import.meta.url);
require('ts-node').register({ project: join(root, 'tsconfig.json') });
require(join(root, 'packages/examples/src/main.ts'));
