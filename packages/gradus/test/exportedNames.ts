import { join } from 'node:path';
import * as ts from 'typescript';
import { projectHost, projectOptions } from './project';

const packages = join(__dirname, '../..');

/** What a module exports, values and types: where each name is declared, and what is said of it. */
export type ExportedNames = ReadonlyMap<string, ExportedName>;

/** A name that a module exports. */
export interface ExportedName {
  readonly place: string;
  /** Its docstring; empty if it has none. */
  readonly docstring: string;
  /** Whether it stands for a module, whose names have docstrings of their own. */
  readonly isModule: boolean;
}

/** What the indexes of folders, named by their paths in `packages`, export for the compiler. */
export function exportedNames(folders: readonly string[]): ReadonlyMap<string, ExportedNames> {
  const options = projectOptions();
  const fileOf = (folder: string): string => join(packages, folder, 'index.ts');
  const program = ts.createProgram(folders.map(fileOf), options, projectHost(options));
  const checker = program.getTypeChecker();
  const namesOf = (folder: string): ExportedNames => {
    const module = checker.getSymbolAtLocation(program.getSourceFile(fileOf(folder))!)!;
    const symbols = checker.getExportsOfModule(module);
    return new Map(symbols.map((symbol) => [symbol.name, describe(symbol, checker)]));
  };
  return new Map(folders.map((folder) => [folder, namesOf(folder)]));
}

function describe(symbol: ts.Symbol, checker: ts.TypeChecker): ExportedName {
  const isAlias = (symbol.flags & ts.SymbolFlags.Alias) !== 0;
  const meant = isAlias ? checker.getAliasedSymbol(symbol) : symbol;
  const declaration = meant.declarations?.[0];
  return {
    place:
      declaration === undefined
        ? `${symbol.name}: nowhere`
        : `${declaration.getSourceFile().fileName}:${declaration.pos}`,
    docstring: ts.displayPartsToString(meant.getDocumentationComment(checker)).trim(),
    isModule: (meant.flags & ts.SymbolFlags.ValueModule) !== 0,
  };
}
