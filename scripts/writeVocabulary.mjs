// `pnpm docs:vocabulary`: writes docs/vocabulary.md from the operations and layers that there are.
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { root } from './pnpm.mjs';
import { setup } from './setup.mjs';

setup();
// Not before the dependencies are installed.
const { format, resolveConfig } = await import('prettier');

const require = createRequire(import.meta.url);
require('./fromSources.cjs');
const { currentVocabulary } = require(join(root, 'packages/gradus/test/documentation/vocabulary'));
const page = join(root, 'docs/vocabulary.md');
writeFileSync(
  page,
  await format(currentVocabulary(), { ...(await resolveConfig(page)), filepath: page }),
);
