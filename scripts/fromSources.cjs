// Lets Node load TypeScript as ts-node does, and keeps what it was translated to: translating all
// packages takes seconds at every start, reading the translations a fraction of one.
const { createHash } = require('node:crypto');
const { mkdirSync, readFileSync, renameSync, writeFileSync } = require('node:fs');
const { dirname, isAbsolute, join, relative } = require('node:path');

const root = join(__dirname, '..');
const cache = join(root, 'node_modules/.cache/gradus');
const project = join(root, 'tsconfig.json');

/** What decides a translation besides the source. */
const translator = [
  require('ts-node/package.json').version,
  require('typescript/package.json').version,
  readFileSync(project, 'utf8'),
  readFileSync(join(root, 'tsconfig.base.json'), 'utf8'),
].join('\n');

let service;

function translate(source, path) {
  service ??= require('ts-node').create({ project });
  return service.compile(source, path);
}

/** A kept file begins with a line that tells what it was translated from. */
function translated(path) {
  const source = readFileSync(path, 'utf8');
  const name = relative(root, path);
  // Of files elsewhere, such as one that is checked, nothing is kept: nobody would remove it.
  if (name.startsWith('..') || isAbsolute(name)) return translate(source, path);
  const digest = createHash('sha256').update(`${translator}\n${path}\n${source}`).digest('hex');
  const file = join(cache, `${name}.js`);
  const kept = read(file);
  if (kept.startsWith(`${digest}\n`)) return kept.slice(digest.length + 1);
  const code = translate(source, path);
  keep(file, `${digest}\n${code}`);
  return code;
}

function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

/** Whole or not at all; where nothing can be written, the next start translates again. */
function keep(file, text) {
  try {
    mkdirSync(dirname(file), { recursive: true });
    const temporary = `${file}.${process.pid}`;
    writeFileSync(temporary, text);
    renameSync(temporary, file);
  } catch {
    return;
  }
}

process.setSourceMapsEnabled(true);
require.extensions['.ts'] = (module, path) => module._compile(translated(path), path);
