// Runs pnpm: the one on the PATH when it is version 10, otherwise the version that package.json
// pins, through npx.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
const pinned = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).packageManager;

// On Windows npx and pnpm are .cmd files, which only a shell can run.
const shell = process.platform === 'win32';

function pnpmCommand() {
  const found = spawnSync('pnpm', ['--version'], { cwd: root, encoding: 'utf8', shell });
  return found.stdout?.startsWith('10.') ? ['pnpm'] : ['npx', '--yes', pinned];
}

/** Runs pnpm with `args` and returns what spawnSync returns, with the output captured as text. */
export function runPnpm(args, { cwd = root } = {}) {
  const [command, ...first] = pnpmCommand();
  return spawnSync(command, [...first, ...args], { cwd, encoding: 'utf8', shell });
}
