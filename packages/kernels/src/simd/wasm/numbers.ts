import { floatBytes, floatText, instruction, int, load, store, type Int } from './instruction';
import type { Expression, Instruction } from './program';

type Float = Expression<'f32'>;

function intBinary(name: string, opcode: number) {
  return (a: Int, b: Int): Instruction<'i32'> =>
    instruction(`i32.${name}`, [opcode], 'i32', [
      ['i32', int(a)],
      ['i32', int(b)],
    ]);
}

function floatBinary(name: string, opcode: number) {
  return (a: Float, b: Float): Instruction<'f32'> =>
    instruction(`f32.${name}`, [opcode], 'f32', [
      ['f32', a],
      ['f32', b],
    ]);
}

const storeInt = store('i32.store', [0x36], 'i32', 2);
const storeByte = store('i32.store8', [0x3a], 'i32', 0);

/** Whole numbers of 32 bits; addresses are in bytes. */
export const i32 = {
  add: intBinary('add', 0x6a),
  sub: intBinary('sub', 0x6b),
  mul: intBinary('mul', 0x6c),
  divU: intBinary('div_u', 0x6e),
  remU: intBinary('rem_u', 0x70),
  and: intBinary('and', 0x71),
  or: intBinary('or', 0x72),
  shl: intBinary('shl', 0x74),
  shrU: intBinary('shr_u', 0x76),
  eq: intBinary('eq', 0x46),
  ne: intBinary('ne', 0x47),
  ltS: intBinary('lt_s', 0x48),
  ltU: intBinary('lt_u', 0x49),
  gtS: intBinary('gt_s', 0x4a),
  leS: intBinary('le_s', 0x4c),
  geS: intBinary('ge_s', 0x4e),
  eqz: (a: Int) => instruction('i32.eqz', [0x45], 'i32', [['i32', int(a)]]),
  /** `a` where the condition is not 0, else `b`; both are evaluated. */
  select: (a: Int, b: Int, condition: Int) =>
    instruction('select', [0x1b], 'i32', [
      ['i32', int(a)],
      ['i32', int(b)],
      ['i32', int(condition)],
    ]),
  load: load('i32.load', [0x28], 'i32', 2),
  load8U: load('i32.load8_u', [0x2d], 'i32', 0),
  store: (address: Int, value: Int, offset = 0) => storeInt(address, int(value), offset),
  store8: (address: Int, value: Int, offset = 0) => storeByte(address, int(value), offset),
};

/** Numbers of 32 bits. */
export const f32 = {
  const: (value: number) =>
    instruction('f32.const', [0x43], 'f32', [], {
      immediates: floatBytes(value),
      text: floatText(value),
    }),
  add: floatBinary('add', 0x92),
  sub: floatBinary('sub', 0x93),
  mul: floatBinary('mul', 0x94),
  div: floatBinary('div', 0x95),
  load: load('f32.load', [0x2a], 'f32', 2),
  store: store('f32.store', [0x38], 'f32', 2),
};
