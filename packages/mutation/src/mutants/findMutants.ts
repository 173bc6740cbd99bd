import { createHash } from 'node:crypto';
import ts from 'typescript';
import type { Mutant } from './mutant';
import type { Operator } from './operator';
import { operators as allOperators } from './operators';
import { Types } from './types';

/** What is looked for in which file. */
export interface Search {
  readonly program: ts.Program;
  /** As the program names it. */
  readonly path: string;
  /** As mutants name it. */
  readonly file: string;
  readonly operators?: readonly Operator[];
}

/**
 * All mutants of a file, in the order of its text. Types, imports and exports hold none, nor does
 * what is thrown: error texts have tests of their own.
 */
export function findMutants({ program, path, file, operators = allOperators }: Search): Mutant[] {
  const source = program.getSourceFile(path);
  if (source === undefined) throw new Error(`${file} is not part of the program.`);
  const types = new Types(program.getTypeChecker());
  const keys = new Keys(file);
  const found: Mutant[] = [];
  visit(source, []);
  return found;

  function visit(node: ts.Node, within: readonly string[]): void {
    if (isLeftOut(node)) return;
    if (ts.isExpression(node) && isValue(node)) {
      for (const operator of operators) {
        for (const replacement of operator.mutate(node, types)) {
          add(node, { within, operator: operator.name, replacement });
        }
      }
    }
    const name = nameOf(node);
    const inside = name === undefined ? within : [...within, name];
    ts.forEachChild(node, (child) => {
      if (!isPropertyName(child)) visit(child, inside);
    });
  }

  function add(node: ts.Node, what: Pick<Mutant, 'within' | 'operator' | 'replacement'>): void {
    const [start, end] = [node.getStart(), node.end];
    const { line, character } = source!.getLineAndCharacterOfPosition(start);
    const place = { start, end, line: line + 1, column: character + 1 };
    const code = linesAround(source!, start, end);
    const original = node.getText();
    const key = keys.of(what.operator, code, original, what.replacement);
    found.push({ key, file, ...place, code, original, ...what });
  }
}

/** Keys of the mutants of one file; those that are alike in all they say are counted. */
class Keys {
  private readonly counts = new Map<string, number>();

  constructor(private readonly file: string) {}

  of(...what: readonly string[]): string {
    const text = [this.file, ...what].join('\0');
    const count = this.counts.get(text) ?? 0;
    this.counts.set(text, count + 1);
    return createHash('sha1').update(`${text}\0${count}`).digest('hex').slice(0, 16);
  }
}

function isLeftOut(node: ts.Node): boolean {
  return (
    ts.isTypeNode(node) ||
    ts.isImportDeclaration(node) ||
    ts.isExportDeclaration(node) ||
    ts.isEnumDeclaration(node) ||
    ts.isThrowStatement(node) ||
    (ts.isNewExpression(node) && node.expression.getText().endsWith('Error'))
  );
}

/** Whether an expression is read, so that another may stand in its place. */
function isValue(node: ts.Expression): boolean {
  const { parent } = node;
  if (ts.isOptionalChain(node)) return false;
  if (ts.isBinaryExpression(parent) && parent.left === node) {
    const sign = parent.operatorToken.kind;
    return sign < ts.SyntaxKind.FirstAssignment || sign > ts.SyntaxKind.LastAssignment;
  }
  if (ts.isForOfStatement(parent) || ts.isForInStatement(parent))
    return parent.initializer !== node;
  return true;
}

function isPropertyName(node: ts.Node): boolean {
  const { parent } = node;
  return (
    (ts.isPropertyAssignment(parent) ||
      ts.isPropertyDeclaration(parent) ||
      ts.isMethodDeclaration(parent)) &&
    parent.name === node
  );
}

function nameOf(node: ts.Node): string | undefined {
  const named =
    ts.isVariableDeclaration(node) ||
    ts.isFunctionDeclaration(node) ||
    ts.isMethodDeclaration(node) ||
    ts.isGetAccessorDeclaration(node) ||
    ts.isPropertyAssignment(node) ||
    ts.isPropertyDeclaration(node) ||
    ts.isClassDeclaration(node);
  if (!named || node.name === undefined) return undefined;
  return ts.isIdentifier(node.name) ? node.name.text : undefined;
}

function linesAround(source: ts.SourceFile, start: number, end: number): string {
  const { text } = source;
  const from = text.lastIndexOf('\n', start) + 1;
  const to = text.indexOf('\n', end);
  return text.slice(from, to < 0 ? text.length : to).trim();
}
