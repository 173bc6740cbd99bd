import { dirname, join } from 'node:path';
import * as ts from 'typescript';

const root = join(__dirname, '../../..');

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

/** Reads the exports of modules as the compiler sees them, each named by its path from `packages`. */
export function exportedNames(paths: readonly string[]): ExportedNames[] {
  const file = join(root, 'tsconfig.json');
  const { config } = ts.readConfigFile(file, (path) => ts.sys.readFile(path)) as {
    config: unknown;
  };
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, dirname(file));
  const files = paths.map((path) => join(root, 'packages', path));
  const program = ts.createProgram(files, { ...options, noEmit: true });
  const checker = program.getTypeChecker();
  return files.map((one) => {
    const module = checker.getSymbolAtLocation(program.getSourceFile(one)!)!;
    return new Map(
      checker.getExportsOfModule(module).map((symbol) => [symbol.name, describe(symbol, checker)]),
    );
  });
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
