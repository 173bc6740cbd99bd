import ts from 'typescript';
import type { Operator } from '../operator';

/** Functions whose two arguments may change places without effect. */
const commutative = new Set(
  ['add', 'mul', 'max', 'min', 'maximum', 'minimum', 'equal', 'eq', 'ne', 'and', 'or', 'xor']
    .concat(['imul', 'hypot', 'sameShape', 'squaredDifference', 'logicalAnd', 'logicalOr'])
    .concat(['notEqual']),
);

/** f(a, b) → f(b, a), where the types agree. */
export const swap: Operator = {
  name: 'swap',
  does: 'two arguments of one type change places',
  mutate(node, types) {
    if (!ts.isCallExpression(node) || commutative.has(calledName(node) ?? '')) return [];
    const texts = node.arguments.map((one) => one.getText());
    const callee = node.expression.getText();
    return node.arguments.slice(1).flatMap((second, i) => {
      const first = node.arguments[i]!;
      if (ts.isSpreadElement(first) || ts.isSpreadElement(second)) return [];
      if (texts[i] === texts[i + 1] || !types.agree(first, second)) return [];
      return [
        `${callee}(${texts
          .with(i, texts[i + 1]!)
          .with(i + 1, texts[i]!)
          .join(', ')})`,
      ];
    });
  },
};

/** Functions and methods that are easily taken for each other. */
const partners: Readonly<Record<string, string>> = {
  ...bothWays({ add: 'sub', mul: 'div', sin: 'cos', exp: 'log', square: 'sqrt' }),
  ...bothWays({ maximum: 'minimum', max: 'min', floor: 'ceil', every: 'some', sum: 'mean' }),
  ...bothWays({ greater: 'greaterEqual', less: 'lessEqual', sigmoid: 'tanh', push: 'unshift' }),
  ...bothWays({ shl: 'shrU', and: 'or', eq: 'ne', lt: 'le', gt: 'ge' }),
  ...bothWays({ ltS: 'leS', ltU: 'leU', gtS: 'geS', gtU: 'geU' }),
};

/** Math.max(a, b) → Math.min(a, b), add(a, b) → sub(a, b), where both are at hand. */
export const exchange: Operator = {
  name: 'exchange',
  does: 'a function becomes its partner, where that is in sight: `Math.max` and `Math.min`, `add` and `sub`, `every` and `some`',
  mutate(node, types) {
    if (!ts.isCallExpression(node)) return [];
    const partner = partners[calledName(node) ?? ''];
    if (partner === undefined) return [];
    const text = node.getText();
    const { expression: callee } = node;
    const rest = text.slice(callee.end - node.getStart());
    if (ts.isPropertyAccessExpression(callee)) {
      if (callee.questionDotToken !== undefined) return [];
      if (!types.hasMethod(callee.expression, partner)) return [];
      return [`${callee.expression.getText()}.${partner}${rest}`];
    }
    return isAtHand(node.getSourceFile(), partner) ? [`${partner}${rest}`] : [];
  },
};

/** neg(x) → x. */
export const sign: Operator = {
  name: 'sign',
  does: '`neg(x)` and `Math.abs(x)` become `x`',
  mutate(node) {
    if (!ts.isCallExpression(node) || node.arguments.length !== 1) return [];
    return ['neg', 'abs'].includes(calledName(node) ?? '') ? [node.arguments[0]!.getText()] : [];
  },
};

/** A call or assignment that is not done; in its place stands `undefined`. */
export const statement: Operator = {
  name: 'statement',
  does: 'a statement that calls or assigns something is left out',
  mutate(node) {
    if (!ts.isExpressionStatement(node.parent)) return [];
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.SuperKeyword) return [];
    const acts = ts.isCallExpression(node) || ts.isBinaryExpression(node) || isCounting(node);
    return acts ? ['undefined'] : [];
  },
};

function isCounting(node: ts.Expression): boolean {
  return ts.isPostfixUnaryExpression(node) || ts.isPrefixUnaryExpression(node);
}

function calledName({ expression }: ts.CallExpression): string | undefined {
  if (ts.isIdentifier(expression)) return expression.text;
  return ts.isPropertyAccessExpression(expression) ? expression.name.text : undefined;
}

/** Whether a file imports or declares a name at its top. */
function isAtHand(file: ts.SourceFile, name: string): boolean {
  return file.statements.some((one) => {
    if (ts.isFunctionDeclaration(one)) return one.name?.text === name;
    if (ts.isVariableStatement(one)) {
      return one.declarationList.declarations.some((declared) => declared.name.getText() === name);
    }
    const named = ts.isImportDeclaration(one) ? one.importClause?.namedBindings : undefined;
    if (named === undefined || !ts.isNamedImports(named)) return false;
    return named.elements.some((element) => element.name.text === name && !element.isTypeOnly);
  });
}

function bothWays(pairs: Readonly<Record<string, string>>): Record<string, string> {
  const back = Object.entries(pairs).map(([one, other]) => [other, one] as const);
  return { ...pairs, ...Object.fromEntries(back) };
}
