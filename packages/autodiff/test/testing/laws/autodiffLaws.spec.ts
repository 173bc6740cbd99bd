import { loops } from '@gradus/kernels';
import { ones, sameShape, zeros, type Tensor } from '@gradus/tensor';
import { checkLaws } from '@gradus/tensor/testing';
import { expect } from 'chai';
import {
  add,
  broadcastTo,
  grad,
  jacobian,
  minimum,
  mul,
  recording,
  reshape,
  stopGradient,
  sum,
  transpose,
  type TapeEntry,
} from '../../../src/index';
import {
  autodiffLaws,
  autodiffOf,
  engines,
  type Autodiff,
  type TensorFunction,
} from '../../../testing';

for (const engine of engines) {
  for (const dtype of ['float64', 'float32'] as const) {
    describe(`Autodiff on ${engine.name} in ${dtype}`, () => {
      const subject = autodiffOf(engine, dtype);
      for (const law of autodiffLaws) {
        it(`obeys ${law.name}: ${law.statement}`, () => law.check(subject));
      }
    });
  }
}

const right = autodiffOf(loops, 'float64');

/** A walk back over the tape, in which one step may be wrong. */
interface Walk {
  /** What a tensor's gradient becomes when one more use of it is found. */
  readonly join?: (before: Tensor, dx: Tensor) => Tensor;
  /** A gradient of a broadcast input, which is larger than it. */
  readonly fold?: (dx: Tensor, x: Tensor) => Tensor;
  /** The steps, last first. */
  readonly order?: (entries: readonly TapeEntry[]) => readonly TapeEntry[];
  /** The gradient of an input that is not used. */
  readonly unused?: (x: Tensor) => Tensor;
}

function walking({
  join = (before, dx) => add(before, dx),
  fold = folded,
  order = (entries) => [...entries].reverse(),
  unused = (x) => zeros(x.shape, x.dtype),
}: Walk): Partial<Autodiff> {
  const gradient =
    (f: TensorFunction) =>
    (...inputs: readonly Tensor[]): Tensor[] => {
      const leaves = inputs.map((x) => reshape(x, x.shape));
      const { value, tape } = recording(leaves, () => f(...leaves));
      const gradients = new Map<Tensor, Tensor>([[value, ones([], value.dtype)]]);
      for (const entry of order(tape.entries)) {
        const dy = gradients.get(entry.output);
        if (dy === undefined) continue;
        entry.pullback(dy).forEach((rule, i) => {
          const x = entry.inputs[i]!;
          if (rule === null || !tape.tracks(x)) return;
          const larger = rule();
          const dx = sameShape(larger.shape, x.shape) ? larger : fold(larger, x);
          const before = gradients.get(x);
          gradients.set(x, before === undefined ? dx : join(before, dx));
        });
      }
      return leaves.map((x) => gradients.get(x) ?? unused(x));
    };
  return { grad: gradient };
}

function folded(dx: Tensor, x: Tensor): Tensor {
  return grad((at: Tensor) => sum(mul(broadcastTo(at, dx.shape), stopGradient(dx))))(x)[0];
}

const wrong: readonly [what: string, Partial<Autodiff>, law: string][] = [
  [
    'forgets all uses of a value but one',
    walking({ join: (_, dx) => dx }),
    'autodiff/central-differences',
  ],
  [
    'forgets all uses of a value but one, where one is in a function of a function',
    walking({ join: (before) => before }),
    'autodiff/linearity',
  ],
  [
    'takes the mean over a broadcast axis',
    walking({ fold: (dx, x) => mul(folded(dx, x), x.size / dx.size) }),
    'autodiff/central-differences',
  ],
  [
    'reads its tape from the front',
    walking({ order: (entries) => entries }),
    'autodiff/central-differences',
  ],
  [
    'counts the first line of a tape twice',
    walking({ order: (entries) => [...entries].reverse().concat(entries.slice(0, 1)) }),
    'autodiff/order-of-recording',
  ],
  [
    'gives ones for what is not used',
    walking({ unused: (x) => ones(x.shape, x.dtype) }),
    'autodiff/unused-input',
  ],
  [
    'clips its gradients',
    {
      grad:
        (f) =>
        (...xs) =>
          right
            .grad(f)(...xs)
            .map((dx) => minimum(dx, 0.25)),
    },
    'autodiff/linearity',
  ],
  [
    'clips its gradients, as a function of a function',
    {
      grad:
        (f) =>
        (...xs) =>
          right
            .grad(f)(...xs)
            .map((dx) => minimum(dx, 0.25)),
    },
    'autodiff/chain-rule',
  ],
  [
    'clips its gradients, sample by sample',
    {
      grad:
        (f) =>
        (...xs) =>
          right
            .grad(f)(...xs)
            .map((dx) => minimum(dx, 0.25)),
    },
    'autodiff/sum-over-batch',
  ],
  [
    'gives twice the gradient',
    {
      grad:
        (f) =>
        (...xs) =>
          right
            .grad(f)(...xs)
            .map((dx) => mul(dx, 2)),
    },
    'autodiff/central-differences',
  ],
  [
    'differentiates a gradient as if it were linear in its first input',
    {
      grad:
        (f) =>
        (...xs) =>
          right.grad((...at) => f(mul(at[0]!, stopGradient(mul(at[0]!, 1))), ...at.slice(1)))(
            ...xs,
          ),
    },
    'autodiff/symmetric-second-derivatives',
  ],
  [
    'loses a part of second derivatives',
    {
      hessianVectorProduct: (f, x, v) => right.hessianVectorProduct!(f, stopGradient(x), mul(v, 2)),
    },
    'autodiff/hessian-vector-product',
  ],
  [
    'gives a Jacobian whose columns are turned over',
    {
      jacobian: (f, x) => {
        const found = jacobian(f, x);
        return reshape(transpose(reshape(found, [x.size, -1])), found.shape);
      },
    },
    'autodiff/jacobian-rows',
  ],
  [
    'passes no gradient through a checkpoint',
    { checkpoint: (f, ...xs) => stopGradient(f(...xs)) },
    'autodiff/checkpoint',
  ],
  [
    'passes a gradient through a checkpoint to the first input only',
    { checkpoint: (f, first, ...xs) => f(first, ...xs.map((x) => stopGradient(x))) },
    'autodiff/checkpoint',
  ],
  [
    'changes the value in a checkpoint',
    { checkpoint: (f, ...xs) => add(f(...xs), 0.001) },
    'autodiff/checkpoint',
  ],
];

describe('The laws of autodiff', () => {
  for (const [what, changes, name] of wrong) {
    it(`refuse something that ${what}: ${name}`, () => {
      const law = autodiffLaws.find((one) => one.name === name)!;
      expect(() => law.check({ ...right, ...changes, name: 'mine' })).to.throw(
        `${name} does not hold for mine: ${law.statement}`,
      );
    });
  }

  it('say nothing of what an implementation does not do', () => {
    const { name, dtype, grad: gradient } = right;
    checkLaws(autodiffLaws, { name, dtype, grad: gradient });
    const plain = { name, dtype, grad: gradient, nests: false };
    expect(autodiffLaws.flatMap((law) => law.excuse(plain) ?? [])).to.deep.equal([
      'its gradients cannot be differentiated',
      'it gives no product with second derivatives',
      'it gives no Jacobian',
      'it has no checkpoints',
    ]);
  });

  it('have names of their own, and a sentence each', () => {
    const names = autodiffLaws.map(({ name }) => name);
    expect(new Set(names).size).to.equal(names.length);
    for (const { name, statement, source } of autodiffLaws) {
      expect(name).to.match(/^autodiff\/[a-z-]+$/);
      expect(statement).to.match(/\.$/);
      expect(source).not.to.equal('');
    }
  });
});
