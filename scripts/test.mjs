// `npm test`: every test, spec files beside each other on all processors, and beside them type check, lint,
// formatting and the import rules between packages, one after the other. All are run to their end, so
// that one run tells all that is wrong; the exit code is 1 if anything is.
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { root } from './pnpm.mjs';
import { setup } from './setup.mjs';

const checks = [
  ['type check', 'typescript/bin/tsc', '--noEmit', '-p', 'tsconfig.json'],
  ['lint', 'eslint/bin/eslint.js', '.'],
  ['formatting', 'prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.'],
  ['import rules', 'dependency-cruiser/bin/dependency-cruise.mjs', 'packages'],
];
const tests = [
  ...['tests', 'mocha/bin/mocha.js', '--forbid-only', '--reporter', 'scripts/countingReporter.mjs'],
  ...['--parallel', '--jobs', String(availableParallelism())],
];

setup();
const failed = (await Promise.all([runChecks(), run(tests, 'inherit')])).flat();
for (const title of failed) console.error(`test: ${title} failed`);
process.exitCode = failed.length > 0 ? 1 : 0;

async function runChecks() {
  const failed = [];
  for (const check of checks) failed.push(...(await run(check, 'pipe')));
  return failed;
}

/**
 * Runs a step; gives its title if it fails. What a check prints is held back until it ends, so that it
 * does not mix with the dots of the tests.
 */
function run([title, tool, ...args], stdio) {
  const started = performance.now();
  const child = spawn(process.execPath, [join(root, 'node_modules', tool), ...args], {
    cwd: root,
    stdio: ['inherit', stdio, stdio],
  });
  const printed = [];
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (text) => printed.push(text));
  return new Promise((resolve) => {
    child.on('close', (status) => {
      const seconds = Math.round((performance.now() - started) / 1000);
      process.stdout.write(`\n${Buffer.concat(printed)}test: ${title} took ${seconds} s\n`);
      resolve(status === 0 ? [] : [title]);
    });
  });
}
