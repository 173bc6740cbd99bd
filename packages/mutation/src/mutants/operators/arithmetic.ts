import ts from 'typescript';
import type { Operator } from '../operator';
import type { Types } from '../types';
import { otherSign } from './otherSign';

/** a + b → a - b and so on, of numbers. */
export const arithmetic: Operator = {
  name: 'arithmetic',
  does: '`a + b` and `a - b`, `a * b` and `a / b` for each other; `a % b` and `a ** b` become `a * b`',
  mutate: (node, types) =>
    isOfNumbers(node, types)
      ? otherSign(node, { '+': '-', '-': '+', '*': '/', '/': '*', '%': '*', '**': '*' })
      : [],
};

/** a += b → a -= b and so on, of numbers. */
export const assignment: Operator = {
  name: 'assignment',
  does: '`a += b` and `a -= b`, `a *= b` and `a /= b` for each other',
  mutate: (node, types) =>
    isOfNumbers(node, types)
      ? otherSign(node, { '+=': '-=', '-=': '+=', '*=': '/=', '/=': '*=' })
      : [],
};

/** -x → x. */
export const minus: Operator = {
  name: 'minus',
  does: '`-x` becomes `x`',
  mutate: (node) =>
    ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.MinusToken
      ? [node.operand.getText()]
      : [],
};

/** i++ → i--, except where a loop counts: that would only be a way to wait for the time limit. */
export const counting: Operator = {
  name: 'counting',
  does: '`i++` and `i--` for each other, except in the head of a loop',
  mutate(node) {
    if (!ts.isPostfixUnaryExpression(node) && !ts.isPrefixUnaryExpression(node)) return [];
    const { parent } = node;
    if (ts.isForStatement(parent) && parent.incrementor === node) return [];
    const text = node.getText();
    if (node.operator === ts.SyntaxKind.PlusPlusToken) return [text.replace('++', '--')];
    if (node.operator === ts.SyntaxKind.MinusMinusToken) return [text.replace('--', '++')];
    return [];
  },
};

function isOfNumbers(node: ts.Expression, types: Types): boolean {
  return ts.isBinaryExpression(node) && types.isNumber(node.left) && types.isNumber(node.right);
}
