import { instruction, int, type Int } from './instruction';
import type { Statement } from './program';

const bulkPrefix = 0xfc;

/** Copying and filling, which may be quicker than a loop. */
export const memory = {
  /** Copies `bytes` bytes; the ranges may overlap. */
  copy: (to: Int, from: Int, bytes: Int): Statement =>
    bulk('memory.copy', [bulkPrefix, 10], [to, from, bytes], [0, 0]),
  /** Sets `bytes` bytes to one value. */
  fill: (to: Int, value: Int, bytes: Int): Statement =>
    bulk('memory.fill', [bulkPrefix, 11], [to, value, bytes], [0]),
};

function bulk(
  name: string,
  opcode: readonly number[],
  operands: readonly Int[],
  immediates: readonly number[],
): Statement {
  const typed = operands.map((operand) => ['i32', int(operand)] as const);
  return { kind: 'run', instruction: instruction(name, opcode, undefined, typed, { immediates }) };
}
