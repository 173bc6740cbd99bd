// Runs the code of documentation pages with packages that are installed in a folder, and
// `gradus check` on the files that the pages show.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import ts from 'typescript';
import { root } from './pnpm.mjs';

const require = createRequire(import.meta.url);
require('./fromSources.cjs');
const documentation = join(root, 'packages/gradus/test/documentation');
const pages = require(join(documentation, 'page.ts'));
const { missingCommands } = require(join(documentation, 'pageFolder.ts'));

/** A page as its tests read it, and modules to check, whose first line is their name. */
export function readPage(path) {
  const markdown = readFileSync(join(root, path), 'utf8');
  const modules = Array.from(
    markdown.matchAll(/^```js\n(\/\/ ([\w-]+[.]mjs)\n.*?)^```$/gms),
    ([, text, name]) => ({ name, text }),
  );
  return { ...pages.readPage(path, markdown), name: basename(path, '.md'), modules };
}

/** Writes a page's program as TypeScript, for a type check; gives the file's name. */
export function writeTypes({ name, runnable }, folder) {
  const file = `${name}.mts`;
  writeFileSync(join(folder, file), runnable);
  return file;
}

/** One line for each thing on a page that does not work in the folder. */
export function checkPage(page, folder, run) {
  const { path, name, runnable, expected, files, modules } = page;
  const missing = missingCommands(page);
  if (missing.length > 0) {
    console.warn(`packages: ${path} is not run, since it needs ${missing.join(', ')}`);
    return [];
  }
  const compiled = { name: `${name}.mjs`, text: withoutTypes(runnable) };
  for (const file of [...files, ...modules, compiled]) {
    writeFileSync(join(folder, file.name), file.text);
  }
  const { ok, output } = run(process.execPath, [compiled.name]);
  const wanted = expected.map(({ text }) => text).join('\n');
  const printed = output
    .split('\n')
    .map((line) => line.trim())
    .join('\n');
  const problems = [];
  if (!ok) problems.push(`${path}: ${output}`);
  else if (printed !== wanted) {
    problems.push(`${path}: expected\n${wanted}\nreceived\n${printed}`);
  }
  return [...problems, ...modules.flatMap((module) => checkModule(module, run))];
}

/** What `gradus check` finds wrong with a module that is right. */
function checkModule({ name }, run) {
  const { ok, output } = run(join('node_modules/.bin', 'gradus'), ['check', name]);
  return ok ? [] : [`gradus check ${name}: ${output}`];
}

function withoutTypes(code) {
  const compilerOptions = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 };
  return ts.transpileModule(code, { compilerOptions }).outputText;
}
