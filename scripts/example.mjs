// `npm run example -- NAME`: runs one of the programs in packages/examples, from its sources.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { root } from './pnpm.mjs';
import { setup } from './setup.mjs';

setup();

const require = createRequire(import.meta.url);
require('./fromSources.cjs');
require(join(root, 'packages/examples/src/main.ts'));
