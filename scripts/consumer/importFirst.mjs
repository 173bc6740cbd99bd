// An ES module that imports every name it is given, then requires the same: one copy must be
// loaded.
import { createRequire } from 'node:module';
import { checkSame } from './checkSame.mjs';

const require = createRequire(import.meta.url);
const imported = new Map();
for (const name of process.argv.slice(2)) imported.set(name, await import(name));
for (const [name, module] of imported) checkSame(name, module, require(name));
