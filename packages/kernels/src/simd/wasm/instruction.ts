import {
  ProgramError,
  type Expression,
  type Instruction,
  type Statement,
  type ValueType,
} from './program';
import { signedLeb128, unsignedLeb128 } from './leb128';

/** An address or count: an expression, or a constant. */
export type Int = Expression<'i32'> | number;
/** The immediates of an instruction, as bytes and in the text format. */
export interface Details {
  readonly immediates?: readonly number[];
  readonly text?: string;
}

/**
 * An instruction with its operands, each with the type that it must have.
 * @throws ProgramError if one has another.
 */
export function instruction<T extends ValueType | undefined>(
  name: string,
  opcode: readonly number[],
  result: T,
  operands: readonly (readonly [ValueType, Expression])[],
  { immediates = [], text = '' }: Details = {},
): Instruction<T> {
  operands.forEach(([expected, operand], i) => {
    if (operand.result === expected) return;
    throw new ProgramError(
      `${name}: expected operand ${i} to be ${expected}; received ${describe(operand)}.`,
    );
  });
  const values = operands.map(([, operand]) => operand);
  return { name, opcode, result, operands: values, immediates, immediateText: text };
}

function describe({ name, result }: Expression): string {
  return `${name}, which is ${result as string | undefined}`;
}

/** A constant, or what already is an expression. */
export function int(value: Int): Expression<'i32'> {
  if (typeof value !== 'number') return value;
  if (!Number.isInteger(value) || value < -(2 ** 31) || value >= 2 ** 32) {
    throw new ProgramError(`i32.const: expected a 32-bit whole number; received ${value}.`);
  }
  const immediates = signedLeb128(value);
  return instruction('i32.const', [0x41], 'i32', [], { immediates, text: `${value | 0}` });
}

/** Offset and alignment; `alignment` is the logarithm of the bytes. */
export function memoryDetails(alignment: number, offset: number, lane?: number): Details {
  if (!Number.isInteger(offset) || offset < 0 || offset >= 2 ** 32) {
    throw new ProgramError(`Expected an offset from 0 to 2^32 - 1; received ${offset}.`);
  }
  const after = lane === undefined ? [] : [lane];
  const text = [offset === 0 ? '' : `offset=${offset}`, ...after].filter((t) => t !== '').join(' ');
  return { immediates: [alignment, ...unsignedLeb128(offset), ...after], text };
}

/** An instruction that reads memory. */
export function load<T extends ValueType>(
  name: string,
  opcode: readonly number[],
  result: T,
  alignment: number,
) {
  return (address: Int, offset = 0): Instruction<T> =>
    instruction(name, opcode, result, [['i32', int(address)]], memoryDetails(alignment, offset));
}

/** An instruction that writes memory. */
export function store<T extends ValueType>(
  name: string,
  opcode: readonly number[],
  type: T,
  alignment: number,
) {
  return (address: Int, value: Expression<T>, offset = 0): Statement => ({
    kind: 'run',
    instruction: instruction(
      name,
      opcode,
      undefined,
      [
        ['i32', int(address)],
        [type, value],
      ],
      memoryDetails(alignment, offset),
    ),
  });
}

/** A number in the text format, as 32 bits hold it. */
export function floatText(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  const rounded = Math.fround(value);
  const sign = rounded < 0 || Object.is(rounded, -0) ? '-' : '';
  return `${sign}${Number.isFinite(rounded) ? Math.abs(rounded) : 'inf'}`;
}

/** The bytes of a number as they lie in memory. */
export function floatBytes(value: number): number[] {
  return [...new Uint8Array(Float32Array.of(value).buffer)];
}
