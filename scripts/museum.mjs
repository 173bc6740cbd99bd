// `pnpm museum`: which published law catches which error that other libraries have had.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { root } from './pnpm.mjs';
import { setup } from './setup.mjs';

setup();

const require = createRequire(import.meta.url);
require('ts-node').register({ project: join(root, 'tsconfig.json') });
require(join(root, 'packages/museum/src/main.ts'));
