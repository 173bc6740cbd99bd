// Installs packed packages in an empty folder, as a stranger would, and uses them there: from ESM,
// CommonJS, both mixed, TypeScript, a page that forbids `new Function`, the command line, and the code of
// the pages that say how to test with them.
import { spawnSync } from 'node:child_process';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkPage, readPage, writeTypes } from './checkPages.mjs';
import { root } from './pnpm.mjs';

const peers = ['fast-check']; // optional peers that the /testing subpaths need

/** Pages for strangers, who have nothing but the packages. */
const pages = ['docs/testing-your-own-layer.md', 'docs/testing-a-port.md'];

/** One line for each thing that fails once `packages` are installed in a folder of `parent`. */
export function checkInstalled(packages, parent) {
  const folder = join(parent, 'consumer');
  cpSync(join(root, 'scripts/consumer'), folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  const installed = install(packages, folder);
  if (!installed.ok) return [`npm install: ${installed.output}`];

  const names = packages.flatMap((one) => one.imports);
  const read = pages.map(readPage);
  writeTypeScript(
    names,
    folder,
    read.map((page) => writeTypes(page, folder)),
  );
  const strict = '--disallow-code-generation-from-strings';
  const programs = [
    { title: 'import, then require', args: ['importFirst.mjs', ...names] },
    { title: 'require, then import', args: ['requireFirst.cjs', ...names] },
    { title: 'import without `new Function`', args: [strict, 'importFirst.mjs', 'gradus'] },
    { title: 'TypeScript', args: [join(root, 'node_modules/typescript/bin/tsc')] },
  ];
  return [
    ...programs.flatMap(({ title, args }) => problem(title, run(folder, process.execPath, args))),
    ...packages.flatMap((one) => checkCommands(one, folder)),
    ...read.flatMap((page) => checkPage(page, folder, (...command) => run(folder, ...command))),
  ];
}

function install(packages, folder) {
  const { devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const wanted = peers.map((peer) => `${peer}@${devDependencies[peer]}`);
  const tarballs = packages.map((one) => one.tarball);
  const options = ['--prefix', folder, '--no-audit', '--no-fund'];
  return run(folder, 'npm', ['install', ...options, ...tarballs, ...wanted]);
}

/** Imports of every name from an ES module and a CommonJS one, and programs; without skipLibCheck. */
function writeTypeScript(names, folder, programs) {
  const use = (i) => `export const names${i}: (keyof typeof m${i})[] = [];\n`;
  const esm = names.map((name, i) => `import * as m${i} from '${name}';\n${use(i)}`);
  const cjs = names.map((name, i) => `import m${i} = require('${name}');\n${use(i)}`);
  const compilerOptions = { module: 'nodenext', target: 'es2022', strict: true, noEmit: true };
  const files = ['imports.mts', 'requires.cts', ...programs];
  writeFileSync(join(folder, 'imports.mts'), esm.join(''));
  writeFileSync(join(folder, 'requires.cts'), cjs.join(''));
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files }));
}

function checkCommands({ manifest }, folder) {
  return Object.keys(manifest.bin ?? {}).flatMap((command) => {
    const result = run(folder, join('node_modules/.bin', command), ['--version']);
    const ok = result.ok && result.output === manifest.version;
    return problem(`${command} --version`, { ...result, ok });
  });
}

const problem = (title, { ok, output }) => (ok ? [] : [`${title}: ${output}`]);

function run(cwd, command, args) {
  // On Windows npm and the installed commands are .cmd files, which only a shell can run.
  const shell = process.platform === 'win32' && command !== process.execPath;
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    shell,
  });
  const output = `${stdout ?? ''}${stderr ?? ''}${error?.message ?? ''}`.trim();
  return { ok: status === 0, output };
}
