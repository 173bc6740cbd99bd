import { expect } from 'chai';
import {
  defineFunction,
  encodeModule,
  f32,
  f32x4,
  f64x2,
  i32x4,
  v128,
  type Expression,
} from '../../../src/simd/wasm';
import { compile, evaluate, onePage, runBody } from './run';

type Vector = Expression<'v128'>;
type Keys<T, Other extends keyof T> = Exclude<keyof T, Other>;

const floats = [0, -0, 1, -1.5, 2.5, 3.5, 1e-45, 3.4e38, Infinity, -Infinity, NaN].map(Math.fround);
const pairs = floats.flatMap((a) => floats.map((b) => [a, b] as const));
const [one, none] = [Float32Array.of(0, 0, 0, 0), Int32Array.of(0, 0, 0, 0)];

/** Numbers in groups of four, the last filled up with zeros. */
function* groups<T>(items: readonly T[], filler: T): Generator<T[]> {
  for (let i = 0; i < items.length; i += 4) {
    const group = items.slice(i, i + 4);
    yield [...group, filler, filler, filler].slice(0, 4);
  }
}

function nearestEven(x: number): number {
  if (!Number.isFinite(x) || Number.isInteger(x)) return x;
  const [below, above] = [Math.floor(x), Math.ceil(x)];
  const closer = x - below < above - x ? below : above;
  const rounded = x - below === above - x ? (below % 2 === 0 ? below : above) : closer;
  return rounded === 0 && x < 0 ? -0 : rounded;
}

type FloatUnary = 'nearest' | 'abs' | 'neg' | 'sqrt';
const unary: Readonly<Record<FloatUnary, (x: number) => number>> = {
  nearest: nearestEven,
  abs: Math.abs,
  neg: (x) => -x,
  sqrt: Math.sqrt,
};

type FloatCompare = 'eq' | 'ne' | 'lt' | 'gt' | 'le' | 'ge';
const compare: Readonly<Record<FloatCompare, (a: number, b: number) => boolean>> = {
  eq: (a, b) => a === b,
  ne: (a, b) => a !== b,
  lt: (a, b) => a < b,
  gt: (a, b) => a > b,
  le: (a, b) => a <= b,
  ge: (a, b) => a >= b,
};

type Other =
  | 'const'
  | 'splat'
  | 'extractLane'
  | 'shuffle'
  | 'relaxedMadd'
  | 'fromI32x4'
  | 'demote'
  | FloatUnary
  | FloatCompare;
const binary: Readonly<Record<Keys<typeof f32x4, Other>, (a: number, b: number) => number>> = {
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
  div: (a, b) => a / b,
  min: Math.min,
  max: Math.max,
  pmin: (a, b) => (b < a ? b : a),
  pmax: (a, b) => (a < b ? b : a),
};

/** Applies an instruction to pairs of vectors. */
function forEachPair(
  write: (a: Vector, b: Vector) => Vector,
  check: (group: (readonly [number, number])[], floats: number[], ints: number[]) => void,
): void {
  const program = compile(
    defineFunction('f', {}, () => v128.store(32, write(v128.load(0), v128.load(16)))),
  );
  for (const group of groups<readonly [number, number]>(pairs, [0, 0])) {
    program.floats.set(group.map(([a]) => a));
    program.floats.set(
      group.map(([, b]) => b),
      4,
    );
    program.run();
    check(group, [...program.floats.subarray(8, 12)], [...program.ints.subarray(8, 12)]);
  }
}

describe('The instructions on four numbers', () => {
  for (const [name, expected] of Object.entries(unary)) {
    it(`include f32x4.${name}`, () => {
      const values = [...floats, 0.5, 1.5, -0.5, -2.5, 0.4, 2 ** 24 + 2];
      for (const group of groups(values, 0)) {
        const result = evaluate(
          ([x]) => f32x4[name as FloatUnary](x!),
          [Float32Array.from(group)],
          one,
        );
        expect(result).to.deep.equal(group.map((x) => Math.fround(expected(Math.fround(x)))));
      }
    });
  }

  for (const [name, expected] of Object.entries(binary)) {
    it(`include f32x4.${name}`, () => {
      forEachPair(f32x4[name as keyof typeof binary], (group, floats) => {
        const wanted = group.map(([a, b]) => Math.fround(expected(a, b)));
        expect(floats, `${name} of ${group.join('; ')}`).to.deep.equal(wanted);
      });
    });
  }

  for (const [name, expected] of Object.entries(compare)) {
    it(`include f32x4.${name}`, () => {
      forEachPair(f32x4[name as FloatCompare], (group, _, ints) => {
        const wanted = group.map(([a, b]) => (expected(a, b) ? -1 : 0));
        expect(ints, `${name} of ${group.join('; ')}`).to.deep.equal(wanted);
      });
    });
  }

  it('include f32x4.const, of one number and of four', () => {
    expect(evaluate(() => f32x4.const(0.1), [], one)).to.deep.equal(
      Array(4).fill(Math.fround(0.1)),
    );
    expect(evaluate(() => f32x4.const(1, -0, NaN, -Infinity), [], one)).to.deep.equal([
      1,
      -0,
      NaN,
      -Infinity,
    ]);
  });

  it('include f32x4.splat and f32x4.extractLane', () => {
    const x = Float32Array.of(1, 2, 3, 4);
    for (let lane = 0; lane < 4; lane++) {
      const result = evaluate(([a]) => f32x4.splat(f32x4.extractLane(a!, lane)), [x], one);
      expect(result).to.deep.equal(Array(4).fill(lane + 1));
    }
  });

  it('include f32x4.shuffle', () => {
    const [a, b] = [Float32Array.of(0, 1, 2, 3), Float32Array.of(4, 5, 6, 7)];
    for (const lanes of [
      [0, 1, 2, 3],
      [7, 6, 5, 4],
      [0, 4, 1, 5],
      [3, 3, 7, 7],
    ] as const) {
      expect(evaluate(([x, y]) => f32x4.shuffle(x!, y!, lanes), [a, b], one)).to.deep.equal(lanes);
    }
  });

  it('include f32x4.relaxedMadd, where the host has it', function () {
    const write = ([a, b, c]: readonly Vector[]): Vector => f32x4.relaxedMadd(a!, b!, c!);
    const operands = [
      [1, 2, 3, 4],
      [5, 6, 7, 8],
      [-1, 0, 1, 0.5],
    ].map((x) => Float32Array.from(x));
    const probe = defineFunction('f', {}, () => {
      const x = f32x4.const(1);
      return v128.store(0, write([x, x, x]));
    });
    if (!WebAssembly.validate(encodeModule([probe], onePage))) this.skip();
    expect(evaluate(write, operands, one)).to.deep.equal([4, 12, 22, 32.5]);
  });
});

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

describe('The vector loads and stores', () => {
  const numbers = Float32Array.of(1, 2, 3, 4, 5);
  const bytes = new Uint8Array(numbers.buffer);
  const loads: Readonly<
    Record<'load' | 'load32Splat' | 'load32Zero' | 'load64Zero', readonly number[]>
  > = {
    load: [2, 3, 4, 5],
    load32Splat: [2, 2, 2, 2],
    load32Zero: [2, 0, 0, 0],
    load64Zero: [2, 3, 0, 0],
  };
  for (const [name, lanes] of Object.entries(loads)) {
    it(`include v128.${name}, from any address`, () => {
      const load = v128[name as keyof typeof loads];
      for (const [address, offset] of [
        [4, 0],
        [1, 3],
      ]) {
        const { floats } = runBody(v128.store(64, load(address!, offset)), bytes);
        expect([...floats.subarray(16, 20)]).to.deep.equal(lanes);
      }
    });
  }

  const four = f32x4.const(1, 2, 3, 4);
  const stored = (body: Parameters<typeof runBody>[0]): number[] => [
    ...runBody(body, new Uint8Array(Float32Array.of(9, 9, 9, 9, 9, 9).buffer)).floats.subarray(
      0,
      6,
    ),
  ];

  it('include v128.store, with an offset', () => {
    expect(stored(v128.store(1, four, 3))).to.deep.equal([9, 1, 2, 3, 4, 9]);
  });

  it('include v128.store32Lane and v128.store64Lane', () => {
    for (let lane = 0; lane < 4; lane++) {
      expect(stored(v128.store32Lane(4, four, lane, 4))).to.deep.equal([9, 9, lane + 1, 9, 9, 9]);
    }
    expect(stored(v128.store64Lane(4, four, 0))).to.deep.equal([9, 1, 2, 9, 9, 9]);
    expect(stored(v128.store64Lane(4, four, 1, 4))).to.deep.equal([9, 9, 3, 4, 9, 9]);
  });

  it('include v128.storeLanes, which leaves what lies behind alone', () => {
    expect(stored(v128.storeLanes(0, four, 1, 4))).to.deep.equal([9, 1, 9, 9, 9, 9]);
    expect(stored(v128.storeLanes(0, four, 2, 4))).to.deep.equal([9, 1, 2, 9, 9, 9]);
    expect(stored(v128.storeLanes(0, four, 3, 4))).to.deep.equal([9, 1, 2, 3, 9, 9]);
    expect(stored(v128.storeLanes(0, four, 4, 4))).to.deep.equal([9, 1, 2, 3, 4, 9]);
  });

  it('include single numbers beside them', () => {
    expect(stored(f32.store(4, f32x4.extractLane(four, 2)))).to.deep.equal([9, 3, 9, 9, 9, 9]);
  });
});
