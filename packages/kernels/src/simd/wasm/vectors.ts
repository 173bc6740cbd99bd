import { unsignedLeb128 } from './leb128';
import {
  floatBytes,
  floatText,
  instruction,
  int,
  load,
  memoryDetails,
  store,
  type Int,
} from './instruction';
import {
  ProgramError,
  type Body,
  type Expression,
  type Instruction,
  type Statement,
} from './program';

type Vector = Expression<'v128'>;

const simdPrefix = 0xfd;

function vectorUnary(name: string, opcode: number) {
  return (a: Vector): Instruction<'v128'> =>
    instruction(name, [simdPrefix, ...unsignedLeb128(opcode)], 'v128', [['v128', a]]);
}

function vectorBinary(name: string, opcode: number) {
  return (a: Vector, b: Vector): Instruction<'v128'> =>
    instruction(name, [simdPrefix, ...unsignedLeb128(opcode)], 'v128', [
      ['v128', a],
      ['v128', b],
    ]);
}

/** Vectors of 128 bits, whatever they hold. Loads and stores need no alignment. */
export const v128 = {
  load: load('v128.load', [simdPrefix, 0], 'v128', 2),
  load32Splat: load('v128.load32_splat', [simdPrefix, 9], 'v128', 2),
  load32Zero: load('v128.load32_zero', [simdPrefix, 92], 'v128', 2),
  load64Zero: load('v128.load64_zero', [simdPrefix, 93], 'v128', 2),
  store: store('v128.store', [simdPrefix, 11], 'v128', 2),
  /** Stores one of the four 32-bit lanes. */
  store32Lane: (address: Int, value: Vector, lane: number, offset = 0) =>
    storeLane('v128.store32_lane', 90, { address, value, lane, lanes: 4, offset }),
  /** Stores one of the two 64-bit halves. */
  store64Lane: (address: Int, value: Vector, lane: number, offset = 0) =>
    storeLane('v128.store64_lane', 91, { address, value, lane, lanes: 2, offset }),
  /** Stores one of the sixteen bytes. */
  store8Lane: (address: Int, value: Vector, lane: number, offset = 0) =>
    storeLane('v128.store8_lane', 88, { address, value, lane, lanes: 16, offset }),
  /** Stores the first one to four 32-bit lanes. */
  storeLanes: (address: Int, value: Vector, lanes: number, offset = 0): Body => {
    if (lanes === 4) return v128.store(address, value, offset);
    if (lanes === 1) return v128.store32Lane(address, value, 0, offset);
    const half = v128.store64Lane(address, value, 0, offset);
    return lanes === 2 ? half : [half, v128.store32Lane(address, value, 2, offset + 8)];
  },
  /** Whether any bit is set. */
  anyTrue: (a: Vector) => instruction('v128.any_true', [simdPrefix, 83], 'i32', [['v128', a]]),
  not: vectorUnary('v128.not', 77),
  and: vectorBinary('v128.and', 78),
  /** The bits of a that are not set in b. */
  andNot: vectorBinary('v128.andnot', 79),
  or: vectorBinary('v128.or', 80),
  xor: vectorBinary('v128.xor', 81),
  /** The bits of a where the mask is set, else those of b. */
  bitSelect: (a: Vector, b: Vector, mask: Vector) =>
    instruction('v128.bitselect', [simdPrefix, 82], 'v128', [
      ['v128', a],
      ['v128', b],
      ['v128', mask],
    ]),
};

/** Four numbers of 32 bits. */
export const f32x4 = {
  const: (...values: readonly [number] | readonly [number, number, number, number]) => {
    const lanes = values.length === 1 ? [0, 1, 2, 3].map(() => values[0]) : values;
    return instruction('v128.const', [simdPrefix, 12], 'v128', [], {
      immediates: lanes.flatMap(floatBytes),
      text: `f32x4 ${lanes.map(floatText).join(' ')}`,
    });
  },
  splat: (a: Expression<'f32'>) =>
    instruction('f32x4.splat', [simdPrefix, 19], 'v128', [['f32', a]]),
  extractLane: (a: Vector, lane: number) =>
    instruction('f32x4.extract_lane', [simdPrefix, 31], 'f32', [['v128', a]], {
      immediates: [checkLane('f32x4.extract_lane', lane, 4)],
      text: `${lane}`,
    }),
  /** Lanes 0 to 3 are those of a, 4 to 7 those of b. */
  shuffle: (a: Vector, b: Vector, lanes: readonly [number, number, number, number]) => {
    const bytes = lanes.flatMap((lane) =>
      [0, 1, 2, 3].map((byte) => 4 * checkLane('i8x16.shuffle', lane, 8) + byte),
    );
    return instruction(
      'i8x16.shuffle',
      [simdPrefix, 13],
      'v128',
      [
        ['v128', a],
        ['v128', b],
      ],
      { immediates: bytes, text: bytes.join(' ') },
    );
  },
  eq: vectorBinary('f32x4.eq', 65),
  ne: vectorBinary('f32x4.ne', 66),
  lt: vectorBinary('f32x4.lt', 67),
  gt: vectorBinary('f32x4.gt', 68),
  le: vectorBinary('f32x4.le', 69),
  ge: vectorBinary('f32x4.ge', 70),
  ceil: vectorUnary('f32x4.ceil', 103),
  floor: vectorUnary('f32x4.floor', 104),
  nearest: vectorUnary('f32x4.nearest', 106),
  abs: vectorUnary('f32x4.abs', 224),
  neg: vectorUnary('f32x4.neg', 225),
  sqrt: vectorUnary('f32x4.sqrt', 227),
  add: vectorBinary('f32x4.add', 228),
  sub: vectorBinary('f32x4.sub', 229),
  mul: vectorBinary('f32x4.mul', 230),
  div: vectorBinary('f32x4.div', 231),
  /** Not a number where a or b is. */
  min: vectorBinary('f32x4.min', 232),
  max: vectorBinary('f32x4.max', 233),
  /** b < a ? b : a, so a where either is not a number; one machine instruction. */
  pmin: vectorBinary('f32x4.pmin', 234),
  /** a < b ? b : a, so a where either is not a number; one machine instruction. */
  pmax: vectorBinary('f32x4.pmax', 235),
  /** a * b + c, rounded once or twice as the machine likes: relaxed SIMD. */
  relaxedMadd: (a: Vector, b: Vector, c: Vector) =>
    instruction('f32x4.relaxed_madd', [simdPrefix, ...unsignedLeb128(0x105)], 'v128', [
      ['v128', a],
      ['v128', b],
      ['v128', c],
    ]),
  /** c - a * b, likewise. */
  relaxedNmadd: (a: Vector, b: Vector, c: Vector) =>
    instruction('f32x4.relaxed_nmadd', [simdPrefix, ...unsignedLeb128(0x106)], 'v128', [
      ['v128', a],
      ['v128', b],
      ['v128', c],
    ]),
  fromI32x4: vectorUnary('f32x4.convert_i32x4_s', 250),
  /** Two numbers of 64 bits, rounded, and two zeros. */
  demote: vectorUnary('f32x4.demote_f64x2_zero', 94),
};

/** Two numbers of 64 bits, for long sums. */
export const f64x2 = {
  add: vectorBinary('f64x2.add', 240),
  sub: vectorBinary('f64x2.sub', 241),
  mul: vectorBinary('f64x2.mul', 242),
  /** The first two of four numbers of 32 bits. */
  promoteLow: vectorUnary('f64x2.promote_low_f32x4', 95),
};

/** Sixteen whole numbers of 8 bits. */
export const i8x16 = {
  /** Eight numbers of 16 bits of a, then of b; the largest or smallest of 8 bits where out of range. */
  narrow: vectorBinary('i8x16.narrow_i16x8_s', 101),
};

/** Eight whole numbers of 16 bits. */
export const i16x8 = {
  /** The same number eight times. */
  const: (value: number) =>
    instruction('v128.const', [simdPrefix, 12], 'v128', [], {
      immediates: [...new Uint8Array(Int16Array.from({ length: 8 }, () => value).buffer)],
      text: `i16x8 ${Array.from({ length: 8 }, () => value).join(' ')}`,
    }),
  /** Four numbers of 32 bits of a, then of b; the largest or smallest of 16 bits where out of range. */
  narrow: vectorBinary('i16x8.narrow_i32x4_s', 133),
  /** The first eight of sixteen numbers of 8 bits, from 0 on. */
  extendLow: vectorUnary('i16x8.extend_low_i8x16_u', 137),
};

/** Four whole numbers of 32 bits. */
export const i32x4 = {
  const: (...values: readonly [number] | readonly [number, number, number, number]) => {
    const lanes = values.length === 1 ? [0, 1, 2, 3].map(() => values[0]) : values;
    return instruction('v128.const', [simdPrefix, 12], 'v128', [], {
      immediates: [...new Uint8Array(Int32Array.from(lanes).buffer)],
      text: `i32x4 ${lanes.join(' ')}`,
    });
  },
  splat: (a: Int) => instruction('i32x4.splat', [simdPrefix, 17], 'v128', [['i32', int(a)]]),
  eq: vectorBinary('i32x4.eq', 55),
  /** The first four of eight numbers of 16 bits, from 0 on. */
  extendLow: vectorUnary('i32x4.extend_low_i16x8_u', 169),
  add: vectorBinary('i32x4.add', 174),
  sub: vectorBinary('i32x4.sub', 177),
  shl: (a: Vector, bits: Int) => shift('i32x4.shl', 171, a, bits),
  shrS: (a: Vector, bits: Int) => shift('i32x4.shr_s', 172, a, bits),
  shrU: (a: Vector, bits: Int) => shift('i32x4.shr_u', 173, a, bits),
  /** Towards 0; the nearest 32-bit number where out of range, 0 for not-a-number. */
  fromF32x4: vectorUnary('i32x4.trunc_sat_f32x4_s', 248),
};

function shift(name: string, opcode: number, a: Vector, bits: Int): Instruction<'v128'> {
  return instruction(name, [simdPrefix, ...unsignedLeb128(opcode)], 'v128', [
    ['v128', a],
    ['i32', int(bits)],
  ]);
}

interface LaneStore {
  readonly address: Int;
  readonly value: Vector;
  readonly lane: number;
  readonly lanes: number;
  readonly offset: number;
}

function storeLane(
  name: string,
  opcode: number,
  { address, value, lane, lanes, offset }: LaneStore,
): Statement {
  return {
    kind: 'run',
    instruction: instruction(
      name,
      [simdPrefix, opcode],
      undefined,
      [
        ['i32', int(address)],
        ['v128', value],
      ],
      memoryDetails(lanes === 16 ? 0 : 2, offset, checkLane(name, lane, lanes)),
    ),
  };
}

function checkLane(name: string, lane: number, count: number): number {
  if (Number.isInteger(lane) && lane >= 0 && lane < count) return lane;
  throw new ProgramError(`${name}: expected a lane from 0 to ${count - 1}; received ${lane}.`);
}
