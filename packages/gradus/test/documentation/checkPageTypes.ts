import { join } from 'node:path';
import * as ts from 'typescript';
import { projectHost, projectOptions } from '../project';
import type { Page } from './page';

const root = join(__dirname, '../../../..');

/** Type-checks the pages' programs as the project is checked. One message for each error. */
export function checkPageTypes(pages: readonly Page[]): string[] {
  const options: ts.CompilerOptions = {
    ...projectOptions(),
    noUnusedLocals: false,
    noUnusedParameters: false,
    // As for the packages, whose sources are CommonJS here; published they are ES modules as pages are.
    paths: { 'fast-check': [join(root, 'node_modules/fast-check/lib/cjs/fast-check.d.ts')] },
  };
  // ES modules, which may await at the top level, in a folder from which every package resolves.
  const byFile = new Map(pages.map((page, i) => [join(__dirname, `page${i}.mts`), page]));
  const disk = projectHost(options);
  const host: ts.CompilerHost = {
    ...disk,
    fileExists: (file) => byFile.has(file) || disk.fileExists(file),
    readFile: (file) => byFile.get(file)?.text ?? disk.readFile(file),
    getSourceFile(file, ...rest) {
      const page = byFile.get(file);
      if (page === undefined) return disk.getSourceFile(file, ...rest);
      return ts.createSourceFile(file, page.text, rest[0]);
    },
  };
  const program = ts.createProgram([...byFile.keys()], options, host);
  return [...byFile].flatMap(([file, page]) => {
    const source = program.getSourceFile(file)!;
    const syntax = program.getSyntacticDiagnostics(source);
    const errors = syntax.length > 0 ? syntax : program.getSemanticDiagnostics(source);
    return errors.map((error) => {
      const line = source.getLineAndCharacterOfPosition(error.start ?? 0).line + 1;
      return `${page.path}:${line}: ${ts.flattenDiagnosticMessageText(error.messageText, ' ')}`;
    });
  });
}
