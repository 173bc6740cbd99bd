import { expect } from 'chai';
import { f32x4, f64x2, i32x4, v128 } from '../../../src/simd/wasm';
import { evaluate } from './run';

const [one, none] = [Float32Array.of(0, 0, 0, 0), Int32Array.of(0, 0, 0, 0)];

describe('The instructions that convert', () => {
  it('include f32x4.fromI32x4, rounding', () => {
    const x = Int32Array.of(0, -1, 2 ** 24 + 1, -(2 ** 31));
    const result = evaluate(([a]) => f32x4.fromI32x4(a!), [x], one);
    expect(result).to.deep.equal([0, -1, 2 ** 24, -(2 ** 31)]);
  });

  it('include i32x4.fromF32x4, cutting, and kept within range', () => {
    const convert = (x: Float32Array): number[] =>
      evaluate(([a]) => i32x4.fromF32x4(a!), [x], none);
    expect(convert(Float32Array.of(1.9, -1.9, -0, 7))).to.deep.equal([1, -1, 0, 7]);
    const extreme = [NaN, Infinity, -Infinity, 3e9];
    const kept = [0, 2 ** 31 - 1, -(2 ** 31), 2 ** 31 - 1];
    expect(convert(Float32Array.from(extreme))).to.deep.equal(kept);
  });

  it('include f64x2.promoteLow and f32x4.demote, which rounds', () => {
    const x = Float32Array.of(0.1, -3, 7, 8);
    const doubles = evaluate(([a]) => f64x2.promoteLow(a!), [x], Float64Array.of(0, 0));
    expect(doubles).to.deep.equal([Math.fround(0.1), -3]);
    const y = Float64Array.of(0.1, 1e300);
    const rounded = evaluate(([a]) => f32x4.demote(a!), [y], one);
    expect(rounded).to.deep.equal([Math.fround(0.1), Infinity, 0, 0]);
  });

  it('include f64x2.add', () => {
    const [a, b] = [Float64Array.of(0.1, 1), Float64Array.of(0.2, 2 ** -52)];
    const sums = evaluate(([x, y]) => f64x2.add(x!, y!), [a, b], Float64Array.of(0, 0));
    expect(sums).to.deep.equal([0.1 + 0.2, 1 + 2 ** -52]);
  });
});

describe('The instructions on four whole numbers', () => {
  const [a, b] = [
    Int32Array.of(1, -1, 2 ** 31 - 1, 0x12345678),
    Int32Array.of(2, 5, 1, -(2 ** 31)),
  ];
  const table: Readonly<
    Record<keyof typeof i32x4 & ('add' | 'sub'), (a: number, b: number) => number>
  > = { add: (a, b) => (a + b) | 0, sub: (a, b) => (a - b) | 0 };
  for (const [name, expected] of Object.entries(table)) {
    it(`include i32x4.${name}`, () => {
      const result = evaluate(([x, y]) => i32x4[name as 'add' | 'sub'](x!, y!), [a, b], none);
      expect(result).to.deep.equal([...a].map((x, i) => expected(x, b[i]!)));
    });
  }

  const shifts = {
    shl: (x: number, bits: number) => x << bits,
    shrS: (x: number, bits: number) => x >> bits,
    shrU: (x: number, bits: number) => (x >>> bits) | 0,
  };
  for (const [name, expected] of Object.entries(shifts)) {
    it(`include i32x4.${name}`, () => {
      for (const bits of [0, 1, 23, 31]) {
        const result = evaluate(([x]) => i32x4[name as keyof typeof shifts](x!, bits), [a], none);
        expect(result).to.deep.equal([...a].map((x) => expected(x, bits)));
      }
    });
  }

  it('include i32x4.const and i32x4.splat', () => {
    expect(evaluate(() => i32x4.const(-2), [], none)).to.deep.equal([-2, -2, -2, -2]);
    expect(evaluate(() => i32x4.const(1, 2, 3, -4), [], none)).to.deep.equal([1, 2, 3, -4]);
    expect(evaluate(() => i32x4.splat(-9), [], none)).to.deep.equal([-9, -9, -9, -9]);
  });
});

describe('The instructions on bits', () => {
  const [a, b] = [Int32Array.of(0b1100, -1, 0, 0x0f0f), Int32Array.of(0b1010, 5, -1, 0x00ff)];
  const mask = Int32Array.of(-1, 0, 0b11, 0xf0);
  const bits: Readonly<Record<'and' | 'andNot' | 'or' | 'xor', (a: number, b: number) => number>> =
    { and: (a, b) => a & b, andNot: (a, b) => a & ~b, or: (a, b) => a | b, xor: (a, b) => a ^ b };
  for (const [name, expected] of Object.entries(bits)) {
    it(`include v128.${name}`, () => {
      const result = evaluate(([x, y]) => v128[name as keyof typeof bits](x!, y!), [a, b], none);
      expect(result).to.deep.equal([...a].map((x, i) => expected(x, b[i]!)));
    });
  }

  it('include v128.not and v128.bitSelect', () => {
    expect(evaluate(([x]) => v128.not(x!), [a], none)).to.deep.equal([...a].map((x) => ~x));
    const selected = evaluate(([x, y, m]) => v128.bitSelect(x!, y!, m!), [a, b, mask], none);
    expect(selected).to.deep.equal([...a].map((x, i) => (x & mask[i]!) | (b[i]! & ~mask[i]!)));
  });
});
