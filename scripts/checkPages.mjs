// Runs the code of documentation pages with packages that are installed in a folder, and
// `gradus check` on the files that the pages show.
import { readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import ts from 'typescript';
import { root } from './pnpm.mjs';

/** The commands that run the languages of the pages. */
const interpreters = { python: 'python3', perl: 'perl' };

/**
 * What a page holds: its program, modules to check, whose first line is their name, and programs in other
 * languages, such as `python port.py`.
 */
export function readPage(path) {
  const markdown = readFileSync(join(root, path), 'utf8');
  const blocks = (pattern) => Array.from(markdown.matchAll(pattern), ([, code]) => code);
  const program = blocks(/^```ts\n(.*?)^```$/gms).join('');
  const files = blocks(/^```js\n(\/\/ [\w-]+[.]mjs\n.*?)^```$/gms);
  const ports = Array.from(
    markdown.matchAll(/^```(python|perl) (\S+)\n(.*?)^```$/gms),
    ([, language, file, code]) => ({ interpreter: interpreters[language], file, code }),
  );
  return { path, name: basename(path, '.md'), program, files, ports };
}

/** Writes a page's program as TypeScript, for a type check; gives the file's name. */
export function writeTypes({ name, program }, folder) {
  const file = `${name}.mts`;
  writeFileSync(join(folder, file), program);
  return file;
}

/** One line for each thing on a page that does not work in the folder. */
export function checkPage({ path, name, program, files, ports }, folder, run) {
  for (const { interpreter, file, code } of ports) {
    if (!run(interpreter, ['--version']).ok) {
      console.warn(`packages: ${path} is not run, since it needs ${interpreter}`);
      return [];
    }
    writeFileSync(join(folder, file), code);
  }
  const compiled = `${name}.mjs`;
  writeFileSync(join(folder, compiled), withoutTypes(program));
  const { ok, output } = run(process.execPath, [compiled]);
  const expected = Array.from(program.matchAll(/\/\/ →(.*)$/gm), ([, text]) => text.trim());
  const printed = output.split('\n').map((line) => line.trim());
  const problems = [];
  if (!ok) problems.push(`${path}: ${output}`);
  else if (printed.join('\n').trim() !== expected.join('\n').trim()) {
    problems.push(`${path}: expected\n${expected.join('\n')}\nreceived\n${printed.join('\n')}`);
  }
  return [...problems, ...files.flatMap((file) => checkFile(file, folder, run))];
}

/** What `gradus check` finds wrong with a module that is right. */
function checkFile(code, folder, run) {
  const [, file] = /^\/\/ (\S+)/.exec(code);
  writeFileSync(join(folder, file), code);
  const { ok, output } = run(join('node_modules/.bin', 'gradus'), ['check', file]);
  return ok ? [] : [`gradus check ${file}: ${output}`];
}

function withoutTypes(code) {
  const compilerOptions = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 };
  return ts.transpileModule(code, { compilerOptions }).outputText;
}
