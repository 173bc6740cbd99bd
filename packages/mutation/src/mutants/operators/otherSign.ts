import ts from 'typescript';

/** `a + b` with the sign that a table gives for its own; nothing if the table does not. */
export function otherSign(node: ts.Expression, table: Readonly<Record<string, string>>): string[] {
  if (!ts.isBinaryExpression(node)) return [];
  const sign = node.operatorToken.getText();
  const other = Object.hasOwn(table, sign) ? table[sign] : undefined;
  return other === undefined ? [] : [`${operand(node.left)} ${other} ${operand(node.right)}`];
}

/** An operand that keeps together, whatever sign comes to stand beside it. */
function operand(node: ts.Expression): string {
  const text = node.getText();
  return ts.isBinaryExpression(node) ? `(${text})` : text;
}
