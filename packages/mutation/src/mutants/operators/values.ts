import ts from 'typescript';
import type { Operator } from '../operator';

/** true → false. */
export const boolean: Operator = {
  name: 'boolean',
  does: '`true` and `false` for each other',
  mutate(node) {
    if (node.kind === ts.SyntaxKind.TrueKeyword) return ['false'];
    return node.kind === ts.SyntaxKind.FalseKeyword ? ['true'] : [];
  },
};

/** n → n + 1, n - 1; 0 only becomes 1. */
export const number: Operator = {
  name: 'number',
  does: 'a number becomes one more, or one less; 0 becomes 1',
  mutate(node) {
    if (!ts.isNumericLiteral(node)) return [];
    const value = Number(node.text);
    return (value === 0 ? [1] : [value + 1, value - 1])
      .filter((other) => other !== value)
      .map(String);
  },
};

/** 'same' → 'valid': where only certain strings may stand, the next of them. */
export const name: Operator = {
  name: 'name',
  does: 'a string where only certain ones may stand (a kernel, a padding, a dtype) becomes the next of them',
  mutate(node, types) {
    if (!ts.isStringLiteral(node)) return [];
    const choices = types.choices(node).toSorted();
    const place = choices.indexOf(node.text);
    if (place < 0 || choices.length < 2) return [];
    return [JSON.stringify(choices[(place + 1) % choices.length])];
  },
};

/** Of a long list only the first and the last element are dropped. */
const longList = 4;

/** [a, b] → [a], [b]. */
export const element: Operator = {
  name: 'element',
  does: 'a list loses an element; a long one its first or its last',
  mutate(node) {
    if (!ts.isArrayLiteralExpression(node)) return [];
    const texts = node.elements.map((one) => one.getText());
    const places = [...texts.keys()];
    const dropped = texts.length > longList ? [0, texts.length - 1] : places;
    return dropped.map((place) => `[${texts.filter((_, i) => i !== place).join(', ')}]`);
  },
};
