import ts from 'typescript';
import type { Operator } from '../operator';
import { otherSign } from './otherSign';

/** a < b → a >= b: the contrary. */
export const comparison: Operator = {
  name: 'comparison',
  does: 'a comparison becomes its contrary: `a < b` becomes `a >= b`',
  mutate: (node) =>
    otherSign(node, {
      '<': '>=',
      '>=': '<',
      '>': '<=',
      '<=': '>',
      '===': '!==',
      '!==': '===',
    }),
};

/** a < b → a <= b. */
export const boundary: Operator = {
  name: 'boundary',
  does: '`<` and `<=`, `>` and `>=` for each other',
  mutate: (node) => otherSign(node, { '<': '<=', '<=': '<', '>': '>=', '>=': '>' }),
};

/** a && b → a || b, a ?? b → b. */
export const logical: Operator = {
  name: 'logical',
  does: '`a && b` and `a || b` for each other; `a ?? b` becomes `b`',
  mutate(node) {
    if (!ts.isBinaryExpression(node)) return [];
    if (node.operatorToken.kind === ts.SyntaxKind.QuestionQuestionToken) {
      return [node.right.getText()];
    }
    return otherSign(node, { '&&': '||', '||': '&&' });
  },
};

/** !x → x. */
export const not: Operator = {
  name: 'not',
  does: '`!x` becomes `x`',
  mutate: (node) =>
    ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken
      ? [node.operand.getText()]
      : [],
};

/** if (x) → if (true), if (false); a loop is only kept from running, as the other would not end. */
export const condition: Operator = {
  name: 'condition',
  does: 'the condition of `if` and `?` becomes `true`, or `false`; that of a loop `false`',
  mutate(node) {
    const { parent } = node;
    if (node.kind === ts.SyntaxKind.TrueKeyword) return [];
    const chooses =
      (ts.isIfStatement(parent) && parent.expression === node) ||
      (ts.isConditionalExpression(parent) && parent.condition === node);
    if (chooses) return ['true', 'false'];
    const repeats =
      (ts.isWhileStatement(parent) && parent.expression === node) ||
      (ts.isForStatement(parent) && parent.condition === node);
    return repeats ? ['false'] : [];
  },
};
