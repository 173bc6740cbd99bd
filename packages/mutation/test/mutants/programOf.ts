import ts from 'typescript';
import { findMutants } from '../../src/mutants/findMutants';
import type { Mutant } from '../../src/mutants/mutant';
import type { Operator } from '../../src/mutants/operator';

const options: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  lib: ['lib.es2023.d.ts'],
  strict: true,
  noEmit: true,
  types: [],
};

/** A program of files that exist only here. */
export function programOf(texts: Readonly<Record<string, string>>): ts.Program {
  const host = ts.createCompilerHost(options);
  return ts.createProgram(Object.keys(texts), options, {
    ...host,
    fileExists: (path) => Object.hasOwn(texts, path) || host.fileExists(path),
    getSourceFile: (path, version, ...rest) =>
      Object.hasOwn(texts, path)
        ? ts.createSourceFile(path, texts[path]!, version)
        : host.getSourceFile(path, version, ...rest),
  });
}

/** The mutants of a file of such a program. */
export function mutantsIn(
  program: ts.Program,
  file: string,
  operators?: readonly Operator[],
): Mutant[] {
  return findMutants({ program, path: file, file, ...(operators && { operators }) });
}
