// `pnpm docs:vocabulary`: writes docs/vocabulary.md from the operations and layers that there are.
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { root } from './pnpm.mjs';
import { setup } from './setup.mjs';

setup();

const require = createRequire(import.meta.url);
process.env.TS_NODE_TRANSPILE_ONLY = '1';
require('ts-node/register');
const { currentVocabulary } = require(join(root, 'packages/gradus/test/documentation/vocabulary'));
const page = join(root, 'docs/vocabulary.md');
writeFileSync(
  page,
  await format(currentVocabulary(), { ...(await resolveConfig(page)), filepath: page }),
);
