import { isList } from './encode';
import {
  Local,
  type Body,
  type Expression,
  type Instruction,
  type Label,
  type Statement,
  type WasmFunction,
} from './program';

/** A function in the WebAssembly text format, operands folded into their instruction. */
export function functionToText({ name, parameters, locals, body }: WasmFunction): string {
  const writer = new TextWriter();
  const signature = parameters.map((local) => ` (param ${nameOf(local)} ${local.result})`).join('');
  const lines = locals.map((local) => `  (local ${nameOf(local)} ${local.result})`);
  return [`(func $${name}${signature}`, ...lines, ...writer.body(body, 1), ')'].join('\n');
}

const width = 96;

class TextWriter {
  private readonly labels = new Map<Label, string>();

  body(body: Body, depth: number): string[] {
    return isList(body) ? body.flatMap((part) => this.body(part, depth)) : this.lines(body, depth);
  }

  private lines(statement: Statement, depth: number): string[] {
    const indent = '  '.repeat(depth);
    switch (statement.kind) {
      case 'run':
        return expressionLines(statement.instruction, depth);
      case 'set':
        return folded(`local.set ${nameOf(statement.local)}`, [statement.value], depth);
      case 'block':
      case 'loop': {
        const opening = `${indent}(${statement.kind} ${this.name(statement.label)}`;
        return [opening, ...this.body(statement.body, depth + 1), `${indent})`];
      }
      case 'if':
        return [
          ...folded('if', [statement.condition], depth).map((line, i, all) =>
            i === all.length - 1 ? line.slice(0, -1) : line,
          ),
          `${indent}  (then`,
          ...this.body(statement.body, depth + 2),
          `${indent}  )`,
          ...this.otherwise(statement.otherwise, depth + 1),
          `${indent})`,
        ];
      case 'branch': {
        const { condition } = statement;
        const name = condition === undefined ? 'br' : 'br_if';
        const operands = condition === undefined ? [] : [condition];
        return folded(`${name} ${this.name(statement.label)}`, operands, depth);
      }
    }
  }

  private otherwise(body: Body, depth: number): string[] {
    const lines = this.body(body, depth + 1);
    const indent = '  '.repeat(depth);
    return lines.length === 0 ? [] : [`${indent}(else`, ...lines, `${indent})`];
  }

  /** Labels of one name are told apart by a number. */
  private name(label: Label): string {
    const known = this.labels.get(label);
    if (known !== undefined) return known;
    const same = [...this.labels.keys()].filter(({ name }) => name === label.name).length;
    const name = same === 0 ? `$${label.name}` : `$${label.name}_${same + 1}`;
    this.labels.set(label, name);
    return name;
  }
}

function expressionLines(expression: Expression | Instruction, depth: number): string[] {
  if (expression instanceof Local) {
    return [`${'  '.repeat(depth)}(local.get ${nameOf(expression)})`];
  }
  return folded(heading(expression), expression.operands, depth);
}

/** `(heading operand ...)`, on one line where it fits. */
function folded(heading: string, operands: readonly Expression[], depth: number): string[] {
  const indent = '  '.repeat(depth);
  const single = `${indent}(${[heading, ...operands.map(inline)].join(' ')})`;
  if (single.length <= width || operands.length === 0) return [single];
  const inner = operands.flatMap((operand) => expressionLines(operand, depth + 1));
  const last = inner.length - 1;
  return [`${indent}(${heading}`, ...inner.slice(0, last), `${inner[last]!})`];
}

function inline(expression: Expression): string {
  if (expression instanceof Local) return `(local.get ${nameOf(expression)})`;
  return `(${[heading(expression), ...expression.operands.map(inline)].join(' ')})`;
}

function heading({ name, immediateText }: Instruction): string {
  return immediateText === '' ? name : `${name} ${immediateText}`;
}

function nameOf(local: Local): string {
  return `$${local.name}`;
}
