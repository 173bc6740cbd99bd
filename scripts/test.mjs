// `npm test`: type check, lint, formatting, the import rules between packages, and every test, one
// after the other. Stops at the first step that fails, with its exit code.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from './pnpm.mjs';
import { setup } from './setup.mjs';

const steps = [
  ['type check', 'typescript/bin/tsc', '--noEmit', '-p', 'tsconfig.json'],
  ['lint', 'eslint/bin/eslint.js', '.'],
  ['formatting', 'prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.'],
  ['import rules', 'dependency-cruiser/bin/dependency-cruise.mjs', 'packages'],
  ['tests', 'mocha/bin/mocha.js', '--forbid-only', '--reporter', 'scripts/countingReporter.mjs'],
];

setup();
for (const [title, tool, ...args] of steps) {
  console.log(`test: ${title}`);
  const script = join(root, 'node_modules', tool);
  const { status } = spawnSync(process.execPath, [script, ...args], {
    cwd: root,
    stdio: 'inherit',
  });
  if (status === 0) continue;
  console.error(`test: ${title} failed`);
  process.exit(status ?? 1);
}
