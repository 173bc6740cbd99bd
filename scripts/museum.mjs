// `pnpm museum`: which published law catches which error that other libraries have had.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { root } from './pnpm.mjs';
import { setup } from './setup.mjs';

setup();

const require = createRequire(import.meta.url);
require('./fromSources.cjs');
require(join(root, 'packages/museum/src/main.ts'));
