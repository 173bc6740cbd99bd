// `pnpm mutation`: plants errors, and counts those that the tests notice.
import { runBundled } from './runBundled.mjs';
import { setup } from './setup.mjs';

setup();
await runBundled('mutation', ['mocha', 'typescript']);
