// `pnpm test:long`: tries every law at ten thousand cases of a seed that is new at each run. Prints
// what it tries as it goes; a failure with its seed and the smallest case found, as code.
//
//   pnpm test:long                          every law; may take hours
//   pnpm test:long --only convolution       only what has this in its title
//   pnpm test:long --runs 500 --seed 7      fewer cases, or the same again
import { spawnSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from './pnpm.mjs';
import { setup } from './setup.mjs';

/** The museum is about wrong code, and programs in other languages take too long to start. */
const aboutOthers = /^packages\/museum\/|\/testing\/node\//;

const usage = 'usage: pnpm test:long [--only TEXT] [--runs N] [--seed N]';
const { only, runs, seed } = options();

setup();
const title = only === undefined ? 'every law' : `laws with '${only}' in their titles`;
console.log(`test: ${title}, ${runs} cases each, seed ${seed}`);
const { status } = spawnSync(
  process.execPath,
  [
    join(root, 'node_modules/mocha/bin/mocha.js'),
    ...['--reporter', 'scripts/longReporter.mjs', '--timeout', '0', '--forbid-only', '--fail-zero'],
    ...(only === undefined ? [] : ['--grep', `/${only.replace(/[/\\^$*+?.()|[\]{}]/g, '\\$&')}/i`]),
    ...lawSpecs(),
  ],
  {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, GRADUS_SEED: String(seed), GRADUS_RUNS: String(runs) },
  },
);
process.exit(status ?? 1);

function options() {
  try {
    const { values } = parseArgs({
      options: {
        only: { type: 'string' },
        runs: { type: 'string', default: '10000' },
        seed: { type: 'string', default: String(randomInt(2 ** 31)) },
      },
    });
    for (const name of ['runs', 'seed']) {
      if (!/^\d{1,15}$/.test(values[name])) {
        throw new Error(`--${name}: expected a whole number; received '${values[name]}'.`);
      }
    }
    if (Number(values.runs) === 0) throw new Error('--runs: expected at least 1.');
    return { only: values.only, runs: Number(values.runs), seed: Number(values.seed) };
  } catch (error) {
    console.error(`test: ${error.message}\n${usage}`);
    process.exit(2);
  }
}

/** The specs that try laws on our own code: those in folders of this name, and others that say so. */
function lawSpecs() {
  const packages = join(root, 'packages');
  return readdirSync(packages)
    .flatMap((name) => specsIn(join('packages', name, 'test')))
    .filter((file) => /\/laws\//.test(file) || triesLaws(file))
    .filter((file) => !aboutOthers.test(file));
}

/** Imports laws, or tries a property as often as it is told to. */
function triesLaws(file) {
  const text = readFileSync(join(root, file), 'utf8');
  return /^import \{[^}]*\b([a-z]\w*Laws|configuredRuns)\b[^}]*\}/m.test(text);
}

function specsIn(folder) {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { recursive: true })
    .filter((file) => file.endsWith('.spec.ts'))
    .map((file) => join(folder, file).replaceAll('\\', '/'))
    .sort();
}
