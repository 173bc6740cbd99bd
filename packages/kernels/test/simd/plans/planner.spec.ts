import { rowMajor, toTypedArray, windowOn, type View } from '@gradus/tensor';
import { expect } from 'chai';
import type { KernelContext } from '../../../src/simd/context';
import { KernelCache } from '../../../src/simd/kernelCache';
import { EngineMemory } from '../../../src/simd/memory/engineMemory';
import { EngineScopes } from '../../../src/simd/memory/scopes';
import { EngineWorkspace } from '../../../src/simd/memory/engineWorkspace';
import type { Plan } from '../../../src/simd/plans/plan';
import { makePlan } from '../../../src/simd/plans/planner';
import { defineFunction, f32x4, i32x4, v128 } from '../../../src/simd/wasm';

const memory = new EngineMemory();
const scopes = new EngineScopes(memory);
const kernels = new KernelCache(memory);

interface Two {
  readonly [name: string]: View;
  readonly x: View;
  readonly out: View;
}

function four(...numbers: readonly number[]): View {
  return { dtype: 'float32', data: Float32Array.from(numbers), ...rowMajor([4]) };
}

const operands = (): Two => ({ x: four(1, 2, 3, 4), out: four(0, 0, 0, 0) });

function planOf(kernel: (context: KernelContext, views: Two) => void): Plan | undefined {
  return makePlan(kernels, operands(), { isHeld: () => false, kernel });
}

/** `shift(from, to, by)`: adds a whole number to four numbers. */
function shift({ kernels: source }: KernelContext, from: number, to: number, by: number): void {
  const { run } = source.get('shift', () => [
    defineFunction('run', { from: 'i32', to: 'i32', by: 'i32' }, (p) =>
      v128.store(p.to, f32x4.add(v128.load(p.from), f32x4.fromI32x4(i32x4.splat(p.by)))),
    ),
  ]);
  run!(from, to, by);
}

function run(plan: Plan, views: Two): number[] {
  scopes.enter();
  const work = new EngineWorkspace(memory, scopes, kernels);
  try {
    plan.run(work, views);
    work.finish();
  } finally {
    work.release();
    scopes.leave([]);
  }
  return [...toTypedArray(views.out)];
}

describe('A plan', () => {
  it('repeats the calls of kernels on other operands', () => {
    let times = 0;
    const plan = planOf((context, { x, out }) => {
      times += 1;
      const { work } = context;
      const between = work.scratch(16);
      shift(context, work.locate(x), between, 10);
      shift(context, between, work.output(out), -5);
    });
    expect(run(plan!, operands())).to.deep.equal([6, 7, 8, 9]);
    expect(run(plan!, { ...operands(), x: four(8, 6, 4, 2) })).to.deep.equal([13, 11, 9, 7]);
    expect(times).to.equal(1);
  });

  it('knows windows on operands, and parts of the working memory, apart', () => {
    const plan = planOf((context, { x, out }) => {
      const { work } = context;
      const [a, b] = [work.scratchView([1, 4]), work.scratchView([4])];
      shift(context, work.locate(x), work.output(a), 1);
      shift(context, work.locate(windowOn(x, { ...x, offset: 2 })), work.locate(b), 2);
      shift(context, work.locate(windowOn(a, { ...b, offset: -2 })) + 8, work.output(out), 0);
      shift(context, work.locate(b), work.output(out) + 8, 0);
    });
    const long = four(1, 2, 3, 4);
    const out: View = { dtype: 'float32', data: new Float32Array(6), ...rowMajor([6]) };
    expect(run(plan!, { x: long, out }).slice(0, 4)).to.deep.equal([2, 3, 5, 6]);
  });

  const refused: readonly [title: string, kernel: Parameters<typeof planOf>[0]][] = [
    ['reads numbers in the memory', ({ work }, { x }) => void work.floats(work.locate(x), 4)[0]],
    ['reads the numbers of an operand', (_, { x }) => void toTypedArray(x)],
    ['looks how long an array is', (_, { x }) => void x.data.length],
    ['brings an array of its own', ({ work }) => void work.locate(four(1, 2, 3, 4))],
    [
      'arranges an operand in the host',
      ({ work }, { x }) => void work.rowMajor(windowOn(x, { ...x, strides: [8] })),
    ],
    [
      'makes very many calls',
      (context, { x }) => {
        for (let i = 0; i < 1000; i++) shift(context, context.work.locate(x), 0, i);
      },
    ],
  ];
  for (const [title, kernel] of refused) {
    it(`is not made of an operation that ${title}`, () => {
      expect(planOf(kernel)).to.equal(undefined);
    });
  }

  it('is not made of an operation that fails, whose error passes', () => {
    const fail = (): never => {
      throw new RangeError('no such kernel');
    };
    expect(() => planOf(fail)).to.throw(RangeError, 'no such kernel');
  });
});
