// `pnpm bench`: the benchmark, bundled with the library, as users' bundlers do.
import { runBundled } from './runBundled.mjs';
import { setup } from './setup.mjs';

setup();
await runBundled('bench');
