import { expect } from 'chai';
import { defineFunction, f32, i32, memory, set, type Instruction } from '../../../src/simd/wasm';
import { compile, runBody } from './run';

type IntBinary = Exclude<
  keyof typeof i32,
  'eqz' | 'select' | 'load' | 'load8U' | 'store' | 'store8'
>;

// Records, because the type checker then notices an instruction that is left out.
const intBinary: Readonly<Record<IntBinary, (a: number, b: number) => number>> = {
  add: (a, b) => (a + b) | 0,
  sub: (a, b) => (a - b) | 0,
  mul: Math.imul,
  divU: (a, b) => Math.floor((a >>> 0) / (b >>> 0)) | 0,
  remU: (a, b) => ((a >>> 0) % (b >>> 0)) | 0,
  and: (a, b) => a & b,
  or: (a, b) => a | b,
  shl: (a, b) => a << b,
  shrU: (a, b) => (a >>> b) | 0,
  eq: (a, b) => (a === b ? 1 : 0),
  ne: (a, b) => (a !== b ? 1 : 0),
  ltS: (a, b) => (a < b ? 1 : 0),
  ltU: (a, b) => (a >>> 0 < b >>> 0 ? 1 : 0),
  gtS: (a, b) => (a > b ? 1 : 0),
  leS: (a, b) => (a <= b ? 1 : 0),
  geS: (a, b) => (a >= b ? 1 : 0),
};
const ints = [0, 1, -1, 2, 5, 31, 32, 33, 2 ** 31 - 1, -(2 ** 31), 0x12345678];

describe('The instructions on whole numbers', () => {
  for (const [name, expected] of Object.entries(intBinary)) {
    it(`include i32.${name}`, () => {
      const program = compile(
        defineFunction('f', { a: 'i32', b: 'i32' }, ({ a, b }) =>
          i32.store(8, i32[name as IntBinary](a, b)),
        ),
      );
      for (const a of ints) {
        for (const b of ints) {
          if (b === 0 && (name === 'divU' || name === 'remU')) continue;
          program.run(a, b);
          expect(program.ints[2], `${name} of ${a}, ${b}`).to.equal(expected(a, b));
        }
      }
    });
  }

  it('include i32.eqz', () => {
    const program = compile(defineFunction('f', { a: 'i32' }, ({ a }) => i32.store(0, i32.eqz(a))));
    for (const a of ints) {
      program.run(a);
      expect(program.ints[0]).to.equal(a === 0 ? 1 : 0);
    }
  });

  it('include select', () => {
    const { ints } = runBody([
      i32.store(0, i32.select(5, 6, 1)),
      i32.store(4, i32.select(5, 6, 0)),
    ]);
    expect([...ints.subarray(0, 2)]).to.deep.equal([5, 6]);
  });

  it('include loads and stores of four bytes and of one, with offsets', () => {
    const { bytes } = runBody(
      [
        i32.store(16, i32.load(1, 2)),
        i32.store(20, i32.load8U(1, 2)),
        i32.store8(24, -2, 1),
        i32.store(28, 0x01020304, 4),
      ],
      [0, 0, 0, 0x81, 0x92, 0xa3, 0xb4],
    );
    expect([...bytes.subarray(16, 24)]).to.deep.equal([0x81, 0x92, 0xa3, 0xb4, 0x81, 0, 0, 0]);
    expect([...bytes.subarray(24, 36)]).to.deep.equal([0, 254, 0, 0, 0, 0, 0, 0, 4, 3, 2, 1]);
  });

  it('take constants from -2^31 to 2^32 - 1', () => {
    for (const value of [0, -1, 63, 64, -64, -65, 2 ** 31 - 1, -(2 ** 31), 2 ** 31, 2 ** 32 - 1]) {
      expect(runBody(i32.store(0, value)).ints[0]).to.equal(value | 0);
    }
  });
});

type FloatBinary = 'add' | 'sub' | 'mul' | 'div';
const floatBinary: Readonly<Record<FloatBinary, (a: number, b: number) => number>> = {
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
  div: (a, b) => a / b,
};
const floats = [0, -0, 1, -1.5, 0.1, 1e-45, 3.4e38, Infinity, -Infinity, NaN].map(Math.fround);

describe('The instructions on numbers', () => {
  for (const [name, expected] of Object.entries(floatBinary)) {
    it(`include f32.${name}`, () => {
      const write = f32[name as FloatBinary];
      const program = compile(
        defineFunction('f', {}, () => f32.store(0, write(f32.load(4), f32.load(4, 4)), 12)),
      );
      for (const a of floats) {
        for (const b of floats) {
          program.floats.set([a, b], 1);
          program.run();
          const wanted = Math.fround(expected(a, b));
          expect(program.floats[3], `${name} of ${a}, ${b}`).to.deep.equal(wanted);
        }
      }
    });
  }

  it('include constants, rounded to 32 bits', () => {
    for (const value of [...floats, Math.PI]) {
      expect(runBody(f32.store(0, f32.const(value))).floats[0]).to.deep.equal(Math.fround(value));
    }
  });

  it('give locals their values', () => {
    const program = compile(
      defineFunction('f', {}, (_, local) => {
        const x: ReturnType<typeof local<'f32'>> = local('f32', 'x');
        const value: Instruction<'f32'> = f32.load(0);
        return [set(x, value), f32.store(4, f32.add(x, x))];
      }),
    );
    program.floats[0] = 1.25;
    program.run();
    expect(program.floats[1]).to.equal(2.5);
  });
});

describe('The instructions on memory', () => {
  it('copy bytes, from ranges that overlap too', () => {
    const { bytes } = runBody(memory.copy(2, 0, 4), [1, 2, 3, 4, 5, 6, 7]);
    expect([...bytes.subarray(0, 7)]).to.deep.equal([1, 2, 1, 2, 3, 4, 7]);
  });

  it('fill bytes', () => {
    const { bytes } = runBody(memory.fill(1, 9, 3));
    expect([...bytes.subarray(0, 6)]).to.deep.equal([0, 9, 9, 9, 0, 0]);
  });
});
