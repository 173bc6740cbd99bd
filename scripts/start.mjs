// `npm start`: the main job with its defaults. Arguments after `--` pass through:
// npm start -- --filter gabor
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { root } from './pnpm.mjs';
import { setup } from './setup.mjs';

setup();

// In this process rather than in a child, so that Ctrl-C and the exit status need no forwarding.
const command = join(root, 'packages/cli/bin/gradus.cjs');
process.argv = [process.argv[0], command, 'learn-filter', ...process.argv.slice(2)];
createRequire(import.meta.url)(command);
