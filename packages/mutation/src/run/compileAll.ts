import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Mutant } from '../mutants/mutant';
import { hash, type Sources } from './sources';

/** A program with switches, compiled. */
export interface CompiledProgram {
  /** The file that says where which compiled file lies. */
  readonly map: string;
  /** The spec files of the package, each with a hash of all that its result depends on. */
  readonly specs: readonly { readonly file: string; readonly key: string }[];
}

/** The mutants of one package, and where the map is to be written. */
export interface CompileRequest {
  readonly target: string;
  readonly mutants: readonly Mutant[];
  readonly map: string;
}

/**
 * Compiles the sources of a package and of all that it imports, and its tests, with the switches of its
 * mutants. A mutant's number is its place in the list.
 */
export function compileAll(
  sources: Sources,
  { target, mutants, map }: CompileRequest,
): CompiledProgram {
  const switched = mutants.map((mutant, number) => ({ number, mutant }));
  const shipped = withImported(sources.root, target).flatMap((name) =>
    ['src', 'testing'].flatMap((folder) => sources.list(`packages/${name}/${folder}`)),
  );
  const tests = sources.list(`packages/${target}/test`);
  const compiled: Record<string, string> = {};
  for (const file of [...shipped, ...tests]) {
    const own = switched.filter(({ mutant }) => mutant.file === file);
    compiled[file] = sources.compiled(file, own);
  }
  writeFileSync(map, JSON.stringify(compiled));
  const isSpec = (file: string): boolean =>
    file.startsWith(`packages/${target}/test/`) && file.endsWith('.spec.ts');
  const common = hash(
    Object.keys(compiled)
      .filter((file) => !isSpec(file))
      .map((file) => `${file}\n${sources.text(file)}`)
      .join('\n'),
  );
  const specs = tests
    .filter(isSpec)
    .map((file) => ({ file, key: hash(`${common} ${file} ${sources.text(file)}`) }));
  return { map, specs };
}

interface PackageFile {
  readonly name: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

/** The folders of a package and of all packages of the repository that it needs. */
function withImported(root: string, target: string): string[] {
  const pathOf = (folder: string): string => join(root, 'packages', folder, 'package.json');
  const files = new Map(
    readdirSync(join(root, 'packages'))
      .filter((folder) => existsSync(pathOf(folder)))
      .map((folder) => [folder, JSON.parse(readFileSync(pathOf(folder), 'utf8')) as PackageFile]),
  );
  const folders = new Set([target]);
  // Grows while it is walked through.
  for (const folder of folders) {
    const { dependencies = {}, devDependencies = {} } = files.get(folder)!;
    for (const [other, { name }] of files) {
      if (name in dependencies || name in devDependencies) folders.add(other);
    }
  }
  return [...folders];
}
