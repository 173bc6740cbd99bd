import { unsignedLeb128 } from './leb128';
import {
  Local,
  ProgramError,
  type Body,
  type Expression,
  type Instruction,
  type Label,
  type Statement,
  type ValueType,
  type WasmFunction,
} from './program';

/** The memory that a module works on: it is imported as `memory` from the module `host`. */
export interface ImportedMemory {
  readonly minimumPages: number;
  readonly maximumPages: number;
  readonly shared: boolean;
}

/**
 * The binary form of a module: WebAssembly Core Specification, chapter 5. Every function is exported
 * under its name.
 * @param relaxed whether the module may use relaxed SIMD.
 * @throws ProgramError if a branch goes to a label that does not enclose it, or a function uses a
 * local of another one.
 */
export function encodeModule(
  functions: readonly WasmFunction[],
  { minimumPages, maximumPages, shared }: ImportedMemory,
  relaxed = false,
): Uint8Array<ArrayBuffer> {
  const pages = [...unsignedLeb128(minimumPages), ...unsignedLeb128(maximumPages)];
  const importedMemory = [...text('host'), ...text('memory'), 2, shared ? 3 : 1, ...pages];
  const types = functions.map(({ parameters }) => [
    0x60,
    ...vector(parameters.map(({ result }) => [valueTypes[result]])),
    0,
  ]);
  const indices = functions.map((_, i) => unsignedLeb128(i));
  const exported = functions.map(({ name }, i) => [...text(name), 0, ...indices[i]!]);
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, vector(types)),
    ...section(2, vector([importedMemory])),
    ...section(3, vector(indices)),
    ...section(7, vector(exported)),
    ...section(10, vector(functions.map((each) => functionCode(each, relaxed)))),
  ]);
}

const valueTypes: Readonly<Record<ValueType, number>> = { i32: 0x7f, f32: 0x7d, v128: 0x7b };

function section(id: number, content: readonly number[]): number[] {
  return [id, ...unsignedLeb128(content.length), ...content];
}

function vector(items: readonly (readonly number[])[]): number[] {
  return [...unsignedLeb128(items.length), ...items.flat()];
}

function text(name: string): number[] {
  const bytes = new TextEncoder().encode(name);
  return [...unsignedLeb128(bytes.length), ...bytes];
}

function functionCode(definition: WasmFunction, relaxed: boolean): number[] {
  const locals = vector(definition.locals.map(({ result }) => [1, valueTypes[result]]));
  const body = new BodyEncoder(definition, relaxed).encode();
  const size = locals.length + body.length;
  return [...unsignedLeb128(size), ...locals, ...body];
}

const opcodes = {
  block: 0x02,
  loop: 0x03,
  if: 0x04,
  else: 0x05,
  end: 0x0b,
  branch: 0x0c,
  branchIf: 0x0d,
  localGet: 0x20,
  localSet: 0x21,
} as const;

/** Blocks of kernels have no results. */
const noResult = 0x40;

/** Writes the statements of one function; keeps the labels around the present place. */
class BodyEncoder {
  private readonly bytes: number[] = [];
  private readonly labels: (Label | undefined)[] = [];

  constructor(
    private readonly definition: WasmFunction,
    private readonly relaxed: boolean,
  ) {}

  encode(): readonly number[] {
    this.writeBody(this.definition.body);
    this.bytes.push(opcodes.end);
    return this.bytes;
  }

  private writeBody(body: Body): void {
    if (isList(body)) body.forEach((part) => this.writeBody(part));
    else this.writeStatement(body);
  }

  private writeStatement(statement: Statement): void {
    switch (statement.kind) {
      case 'run':
        return this.writeInstruction(statement.instruction);
      case 'set':
        this.writeExpression(statement.value);
        return this.writeLocal(opcodes.localSet, statement.local);
      case 'block':
      case 'loop':
        this.bytes.push(opcodes[statement.kind], noResult);
        return this.writeInside(statement.label, statement.body);
      case 'if':
        return this.writeIf(statement.condition, statement.body, statement.otherwise);
      case 'branch':
        if (statement.condition !== undefined) this.writeExpression(statement.condition);
        this.bytes.push(statement.condition === undefined ? opcodes.branch : opcodes.branchIf);
        this.bytes.push(...unsignedLeb128(this.depthOf(statement.label)));
    }
  }

  private writeInside(label: Label | undefined, body: Body): void {
    this.labels.push(label);
    this.writeBody(body);
    this.labels.pop();
    this.bytes.push(opcodes.end);
  }

  private writeIf(condition: Expression<'i32'>, body: Body, otherwise: Body): void {
    this.writeExpression(condition);
    this.bytes.push(opcodes.if, noResult);
    const otherwiseEmpty = isList(otherwise) && otherwise.length === 0;
    if (otherwiseEmpty) return this.writeInside(undefined, body);
    this.labels.push(undefined);
    this.writeBody(body);
    this.bytes.push(opcodes.else);
    this.labels.pop();
    this.writeInside(undefined, otherwise);
  }

  private writeExpression(expression: Expression): void {
    if (expression instanceof Local) this.writeLocal(opcodes.localGet, expression);
    else this.writeInstruction(expression);
  }

  private writeInstruction(instruction: Instruction): void {
    const relaxed = this.relaxed ? instruction.relaxed : undefined;
    const { operands, opcode, immediates } = relaxed ?? instruction;
    for (const operand of operands) this.writeExpression(operand);
    this.bytes.push(...opcode, ...immediates);
  }

  private writeLocal(opcode: number, local: Local): void {
    const { parameters, locals, name } = this.definition;
    const own = local.index < parameters.length ? parameters : locals;
    const position =
      local.index < parameters.length ? local.index : local.index - parameters.length;
    if (own[position] !== local) {
      throw new ProgramError(`${name}: ${local.name} is a local of another function.`);
    }
    this.bytes.push(opcode, ...unsignedLeb128(local.index));
  }

  private depthOf(label: Label): number {
    const position = this.labels.lastIndexOf(label);
    if (position >= 0) return this.labels.length - 1 - position;
    throw new ProgramError(
      `${this.definition.name}: a branch goes to ${label.name}, which does not enclose it.`,
    );
  }
}

/** Whether a body is a list of bodies. */
export function isList(body: Body): body is readonly Body[] {
  return Array.isArray(body);
}
