import { expect } from 'chai';
import fc from 'fast-check';
import { KernelCache } from '../../../src/simd/kernelCache';
import { EngineMemory } from '../../../src/simd/memory/engineMemory';
import {
  block,
  branch,
  branchIf,
  defineFunction,
  encodeModule,
  f32,
  f32x4,
  i32,
  i32x4,
  increase,
  loop,
  ProgramError,
  repeat,
  set,
  v128,
  when,
  type Body,
  type Expression,
  type Label,
  type Local,
  type WasmFunction,
} from '../../../src/simd/wasm';
import { onePage } from './run';

describe('encodeModule', () => {
  it('writes the sections of a module', () => {
    const f = defineFunction('f', { at: 'i32' }, ({ at }, local) => {
      const x = local('f32', 'x');
      return [set(x, f32.load(at, 8)), f32.store(at, x)];
    });
    expect([...encodeModule([f], onePage)]).to.deep.equal([
      ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
      // Types: one function of an i32, without results.
      ...[1, 5, 1, 0x60, 1, 0x7f, 0],
      // Imports: host.memory, with a maximum, 1 to 1 pages.
      ...[2, 17, 1, 4, 104, 111, 115, 116, 6, 109, 101, 109, 111, 114, 121, 2, 1, 1, 1],
      // Functions: one of type 0.
      ...[3, 2, 1, 0],
      // Exports: f, function 0.
      ...[7, 5, 1, 1, 102, 0, 0],
      // Code: one body of 18 bytes with one local of type f32.
      ...[10, 20, 1, 18, 1, 1, 0x7d],
      // x = f32.load(at, offset 8, aligned to 4 bytes); f32.store(at, x)
      ...[0x20, 0, 0x2a, 2, 8, 0x21, 1, 0x20, 0, 0x20, 1, 0x38, 2, 0, 0x0b],
    ]);
  });

  it('imports shared memory, and exports every function under its name', () => {
    const pages = { minimumPages: 1, maximumPages: 65536, shared: true };
    const write =
      (value: number) =>
      ({ at }: { readonly at: Local<'i32'> }) =>
        i32.store(at, value);
    const functions = ['one', 'two', 'Ünïcode'].map((name, i) =>
      defineFunction(name, { at: 'i32' }, write(i + 1)),
    );
    const memory = new WebAssembly.Memory({ initial: 1, maximum: 65536, shared: true });
    const module = new WebAssembly.Module(encodeModule(functions, pages));
    const instance = new WebAssembly.Instance(module, { host: { memory } });
    Object.values(instance.exports).forEach((f, i) => (f as (at: number) => void)(4 * i));
    expect(Object.keys(instance.exports)).to.deep.equal(['one', 'two', 'Ünïcode']);
    expect([...new Int32Array(memory.buffer, 0, 3)]).to.deep.equal([1, 2, 3]);
  });

  it('makes a valid module of every program that could be written', () => {
    fc.assert(
      fc.property(programs, (f) => {
        expect(WebAssembly.validate(encodeModule([f], onePage))).to.equal(true);
      }),
      { numRuns: 200 },
    );
  });
});

/** Choices that a program is written by, each from 0 on; when they run out, the simplest is made. */
type Choose = (count: number) => number;

const programs = fc.array(fc.nat({ max: 999 }), { maxLength: 80 }).map((choices): WasmFunction => {
  let next = 0;
  const choose: Choose = (count) => (choices[next++] ?? 0) % count;
  return defineFunction('f', { a: 'i32', b: 'f32', c: 'v128' }, ({ a, b, c }, local) => {
    const [i, x, v] = [local('i32', 'i'), local('f32', 'x'), local('v128', 'v')];
    const ints = (): Expression<'i32'> =>
      [
        () => a,
        () => i,
        () => i32.add(ints(), -70),
        () => i32.select(ints(), 2 ** 31, ints()),
        () => i32.load8U(ints(), 300),
        () => i32.eqz(ints()),
      ][choose(6)]!();
    const floats = (): Expression<'f32'> =>
      [
        () => b,
        () => x,
        () => f32.mul(floats(), f32.const(0.1)),
        () => f32x4.extractLane(vectors(), 3),
        () => f32.load(ints(), 2 ** 20),
      ][choose(5)]!();
    const vectors = (): Expression<'v128'> =>
      [
        () => c,
        () => v,
        () => f32x4.splat(floats()),
        () => f32x4.shuffle(vectors(), vectors(), [0, 5, 7, 2]),
        () => i32x4.shl(vectors(), ints()),
        () => v128.bitSelect(vectors(), f32x4.const(1, 2, 3, 4), vectors()),
        () => v128.load64Zero(ints(), 4),
      ][choose(7)]!();
    const bodies = (labels: readonly Label[]): Body =>
      [
        () => set(i, ints()),
        () => set(x, floats()),
        () => set(v, vectors()),
        () => v128.storeLanes(ints(), vectors(), 1 + choose(4), 12),
        () => [bodies(labels), bodies(labels)],
        () => when(ints(), bodies(labels), choose(2) === 1 ? bodies(labels) : []),
        () => block('block', (label) => [bodies([...labels, label]), bodies(labels)]),
        () => loop('loop', (label) => bodies([...labels, label])),
        () => repeat(i, ints(), bodies(labels)),
        () => (labels.length === 0 ? [] : branchIf(labels[choose(labels.length)]!, ints())),
        () => (labels.length === 0 ? [] : branch(labels[choose(labels.length)]!)),
      ][choose(11)]!();
    return [bodies([]), bodies([])];
  });
});

/** What no program may contain, and what is said of it; the definition or the encoder refuses it. */
const malformed: readonly [title: string, define: () => WasmFunction, message: string][] = [
  [
    'an operand of the wrong type',
    // @ts-expect-error: a vector is no number.
    () => inFunction(({ x }) => f32.store(0, f32x4.splat(x))),
    'f32.store: expected operand 1 to be f32; received f32x4.splat, which is v128.',
  ],
  [
    'a local as an operand of the wrong type',
    // @ts-expect-error: a number is no address.
    () => inFunction(({ x }) => i32.store(x, 1)),
    'i32.store: expected operand 0 to be i32; received x, which is f32.',
  ],
  [
    'an operand without a value',
    // @ts-expect-error: a statement is no expression.
    () => inFunction(() => i32.store8(0, i32.store(0, 1))),
    'i32.store8: expected operand 1 to be i32; received undefined, which is undefined.',
  ],
  [
    'a local that is given a value of another type',
    () => inFunction(({ x }) => set(x, i32.add(1, 2))),
    'local.set: x is f32; received i32.add, which is i32.',
  ],
  [
    'a branch to a block that has ended',
    () => {
      let ended: Label;
      const outer = block('ended', (label) => {
        ended = label;
        return [];
      });
      return inFunction(() => [outer, branch(ended)]);
    },
    'f: a branch goes to ended, which does not enclose it.',
  ],
  [
    'a branch into the other side of a condition',
    () => {
      let there: Label;
      return inFunction(({ a }) =>
        when(
          a,
          block('there', (label) => {
            there = label;
            return [];
          }),
          loop('here', () => branchIf(there, a)),
        ),
      );
    },
    'f: a branch goes to there, which does not enclose it.',
  ],
  [
    'a local of another function',
    () => {
      let foreign: Local<'i32'>;
      defineFunction('g', {}, (_, local) => {
        foreign = local('i32', 'foreign');
        return [];
      });
      return inFunction(() => increase(foreign, 1));
    },
    'f: foreign is a local of another function.',
  ],
  [
    'a parameter of another function',
    () => {
      let foreign: Local<'i32'>;
      defineFunction('g', { p: 'i32' }, ({ p }) => {
        foreign = p;
        return [];
      });
      return inFunction(() => i32.store(0, foreign));
    },
    'f: p is a local of another function.',
  ],
  ...([2 ** 32, -(2 ** 31) - 1, 0.5, NaN] as const).map(
    (value): [string, () => WasmFunction, string] => [
      `the constant ${value}`,
      () => inFunction(() => i32.store(0, value)),
      `i32.const: expected a 32-bit whole number; received ${value}.`,
    ],
  ),
  ...([2 ** 32, -1, 1.5] as const).map((offset): [string, () => WasmFunction, string] => [
    `the offset ${offset}`,
    () => inFunction(() => set4(v128.load(0, offset))),
    `Expected an offset from 0 to 2^32 - 1; received ${offset}.`,
  ]),
  ...([4, -1, 0.5] as const).map((lane): [string, () => WasmFunction, string] => [
    `the lane ${lane} of a vector`,
    () => inFunction(() => f32.store(0, f32x4.extractLane(f32x4.const(0), lane))),
    `f32x4.extract_lane: expected a lane from 0 to 3; received ${lane}.`,
  ]),
  [
    'the lane 8 of two vectors',
    () => inFunction(() => set4(f32x4.shuffle(f32x4.const(0), f32x4.const(1), [0, 1, 2, 8]))),
    'i8x16.shuffle: expected a lane from 0 to 7; received 8.',
  ],
  [
    'the lane 4 of a vector to store',
    () => inFunction(() => v128.store32Lane(0, f32x4.const(0), 4)),
    'v128.store32_lane: expected a lane from 0 to 3; received 4.',
  ],
  [
    'the half 2 of a vector to store',
    () => inFunction(() => v128.store64Lane(0, f32x4.const(0), 2)),
    'v128.store64_lane: expected a lane from 0 to 1; received 2.',
  ],
];

function inFunction(
  write: (locals: { readonly a: Local<'i32'>; readonly x: Local<'f32'> }) => Body,
): WasmFunction {
  return defineFunction('f', { a: 'i32' }, ({ a }, local) => write({ a, x: local('f32', 'x') }));
}

function set4(value: Expression<'v128'>): Body {
  return v128.store(0, value);
}

describe('A malformed program', () => {
  const kernels = new KernelCache(new EngineMemory());
  for (const [title, define, message] of malformed) {
    it(`with ${title} is refused before it is compiled`, () => {
      expect(() => kernels.get('program', () => [define()])).to.throw(ProgramError, message);
      try {
        kernels.get('program', () => [define()]);
      } catch (error) {
        expect((error as Error).message).to.equal(message);
      }
    });
  }

  it('leaves its key to a better one', () => {
    const good = inFunction(({ a }) => i32.store(a, 1));
    expect(kernels.get('program', () => [good])).to.have.property('f');
  });
});
