import { expect } from 'chai';
import { defineFunction, encodeModule, f32x4, v128, type Expression } from '../../../src/simd/wasm';
import { compile, evaluate, onePage } from './run';

type Vector = Expression<'v128'>;
type Keys<T, Other extends keyof T> = Exclude<keyof T, Other>;

const floats = [0, -0, 1, -1.5, 2.5, 3.5, 1e-45, 3.4e38, Infinity, -Infinity, NaN].map(Math.fround);
const pairs = floats.flatMap((a) => floats.map((b) => [a, b] as const));
const one = Float32Array.of(0, 0, 0, 0);

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

type FloatUnary = 'ceil' | 'floor' | 'nearest' | 'abs' | 'neg' | 'sqrt';
const unary: Readonly<Record<FloatUnary, (x: number) => number>> = {
  ceil: Math.ceil,
  floor: Math.floor,
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
  | 'relaxedNmadd'
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
