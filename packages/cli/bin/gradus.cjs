#!/usr/bin/env node
// The command as it runs inside the repository: straight from the sources. What is published is
// dist/main.mjs, built from the same src/main.ts.
require('../../../scripts/fromSources.cjs');
require('../src/main.ts');
