// What is wrong with one packed package: what it holds, its package.json (publint), its types
// (arethetypeswrong).
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { filterProblems, problemKindInfo } from '@arethetypeswrong/core/problems';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';

const required = ['LICENSE', 'README.md', 'package.json', /^dist\/.+\.mjs$/];
const allowed = [...required, /^dist\/(.+\.d\.mts|NOTICES\.txt)$/];
const matches = (file, pattern) =>
  pattern instanceof RegExp ? pattern.test(file) : pattern === file;

/** One line for each problem of the package `name`, whose packed bytes are given. */
export async function lintTarball(name, bytes) {
  const packed = createPackageFromTarballData(bytes);
  const problems = [
    ...checkContents(name, packed),
    ...(await checkManifest(bytes)),
    ...(await checkTypes(packed)),
  ];
  return problems.map((problem) => `${name}: ${problem}`);
}

function checkContents(name, packed) {
  const folder = `/node_modules/${name}/`;
  const files = packed.listFiles().map((file) => file.slice(folder.length));
  const missing = required.filter((pattern) => !files.some((file) => matches(file, pattern)));
  const extra = files.filter((file) => !allowed.some((pattern) => matches(file, pattern)));
  const scripts = files.filter((file) => file.endsWith('.mjs'));
  const classes = scripts.flatMap((file) => classesIn(packed.readFile(folder + file)));
  const twice = classes.filter((one, index) => classes.indexOf(one) !== index);
  return [
    ...missing.map((pattern) => `the tarball holds no ${pattern}`),
    ...extra.map((file) => `the tarball should not hold ${file}`),
    ...twice.map((one) => `class ${one} exists twice in dist`),
  ];
}

/** The names of the classes, which the bundler writes in either of two forms. */
const classesIn = (text) =>
  [...text.matchAll(/^(?:export )?(?:class (\w+)|(?:var|let|const) (\w+) = class\b)/gm)].map(
    ([, declared, assigned]) => declared ?? assigned,
  );

async function checkManifest(bytes) {
  const tarball = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
  const { messages, pkg } = await publint({ pack: { tarball }, level: 'warning' });
  return messages.map((message) => `publint: ${formatMessage(message, pkg, { color: false })}`);
}

/** The packages are ESM only: what matters is how `import` and a bundler find the types. */
async function checkTypes(packed) {
  if (!packed.containsTypes()) return []; // a command, not a library
  const analysis = await checkPackage(packed);
  const problems = ['node16-esm', 'bundler'].flatMap((resolutionKind) =>
    filterProblems(analysis, { resolutionKind }),
  );
  return [...new Set(problems)].map((problem) => {
    const where = problem.entrypoint ?? problem.typesFileName ?? problem.fileName ?? '';
    return `arethetypeswrong: ${problemKindInfo[problem.kind].title} ${where}`;
  });
}
