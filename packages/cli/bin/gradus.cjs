#!/usr/bin/env node
// The command as it runs inside the repository: straight from the sources. What is published is
// dist/main.mjs, built from the same src/main.ts.
const { join } = require('node:path');

require('ts-node').register({ project: join(__dirname, '../../../tsconfig.json') });
require('../src/main.ts');
