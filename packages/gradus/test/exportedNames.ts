import { dirname, join } from 'node:path';
import * as ts from 'typescript';

const root = join(__dirname, '../../..');

/** What a module exports, values and types: the place of each name's declaration. */
export type ExportedNames = ReadonlyMap<string, string>;

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
      checker.getExportsOfModule(module).map((symbol) => [symbol.name, placeOf(symbol, checker)]),
    );
  });
}

function placeOf(symbol: ts.Symbol, checker: ts.TypeChecker): string {
  const isAlias = (symbol.flags & ts.SymbolFlags.Alias) !== 0;
  const declaration = (isAlias ? checker.getAliasedSymbol(symbol) : symbol).declarations?.[0];
  if (declaration === undefined) return `${symbol.name}: nowhere`;
  return `${declaration.getSourceFile().fileName}:${declaration.pos}`;
}
