// Makes sure that the dependencies are installed: what `npm start` and `npm test` do first. Needs
// nothing but Node and npm. A stamp in node_modules remembers the lock file that was installed.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root, runPnpm } from './pnpm.mjs';

const stampFile = join(root, 'node_modules', '.gradus-setup');

/** Installs what is missing. Ends the process with a message when that is impossible. */
export function setup() {
  requireNode(20, 19);
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'pnpm-lock.yaml')))
    .digest('hex');
  if (readStamp() === lock) return;
  console.log('setup: installing the dependencies with pnpm; this takes a minute at most.');
  install();
  writeFileSync(stampFile, lock);
}

function requireNode(major, minor) {
  const [hasMajor, hasMinor] = process.versions.node.split('.').map(Number);
  if (hasMajor > major || (hasMajor === major && hasMinor >= minor)) return;
  fail(`Gradus needs Node ${major}.${minor} or later; this is Node ${process.versions.node}.`);
}

function readStamp() {
  try {
    return readFileSync(stampFile, 'utf8');
  } catch {
    return undefined;
  }
}

function install() {
  // Without a terminal pnpm would refuse to replace a node_modules that another tool made.
  const result = runPnpm(['install', '--frozen-lockfile', '--config.confirmModulesPurge=false']);
  if (result.status === 0) return;
  console.error(`${result.stdout ?? ''}${result.stderr ?? ''}`.trim());
  fail(`the dependencies could not be installed: ${result.error?.message ?? 'see above'}.`);
}

function fail(message) {
  console.error(`setup: ${message}`);
  process.exit(1);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) setup();
