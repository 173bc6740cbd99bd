import {
  DTypeError,
  formatShape,
  full,
  scalar,
  ShapeError,
  sizeOf,
  tensor,
  zeros,
  type Shape,
  type Tensor,
} from '@gradus/tensor';
import { broadcastablePairs } from '@gradus/tensor/testing';
import { expect } from 'chai';
import fc from 'fast-check';
import {
  add,
  backward,
  cast,
  defineOp,
  grad,
  mean,
  mul,
  neg,
  recording,
  square,
  stopGradient,
  sum,
  valueAndGrad,
  Variable,
} from '../src/index';

describe('valueAndGrad', () => {
  it('gives the value and the gradients in the order of the leaves', () => {
    const [a, b] = [tensor([1, 2]), tensor([3, 4])];
    const { value, grads } = valueAndGrad(() => sum(mul(square(a), b)), [b, a]);
    expect(value.item()).to.equal(1 * 3 + 4 * 4);
    expect(grads.map((g) => g.toArray())).to.deep.equal([
      [1, 4],
      [6, 16],
    ]);
  });

  it('evaluates f once', () => {
    let calls = 0;
    const x = scalar(1);
    valueAndGrad(() => {
      calls += 1;
      return neg(x);
    }, [x]);
    expect(calls).to.equal(1);
  });

  it('differentiates with respect to variables', () => {
    const w = new Variable('w', tensor([1, 2]));
    const { grads } = valueAndGrad(() => sum(square(w.value)), [w]);
    expect(grads[0].toArray()).to.deep.equal([2, 4]);
  });

  it('sums over the axes along which a leaf was broadcast', () => {
    const leaves = [scalar(1), tensor([1, 2, 3]), tensor([[1], [2]])] as const;
    const wide = tensor([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    const { grads } = valueAndGrad(
      () => sum(mul(wide, add(leaves[0], add(leaves[1], leaves[2])))),
      leaves,
    );
    expect(grads.map((g) => g.toArray())).to.deep.equal([21, [5, 7, 9], [[6], [15]]]);
  });

  it('gives zeros, of the leaf’s shape and type, where f does not depend on a leaf', () => {
    const used = scalar(3);
    const unused = tensor([1, 2], undefined, 'float64');
    const { grads } = valueAndGrad(() => square(used), [unused, used]);
    expect(grads[0].dtype).to.equal('float64');
    expect(grads.map((g) => g.toArray())).to.deep.equal([[0, 0], 6]);
  });

  it('gives zeros where the value is a constant', () => {
    expect(valueAndGrad(() => scalar(5), [scalar(1)]).grads[0].item()).to.equal(0);
  });

  it('gives 1 where f returns a leaf itself, and gives it to each time it is named', () => {
    const x = scalar(7);
    const { value, grads } = valueAndGrad(() => x, [x, x]);
    expect(value).to.equal(x);
    expect(grads.map((g) => g.item())).to.deep.equal([1, 1]);
  });

  it('adds up the gradients of a tensor that is used several times', () => {
    const x = scalar(3);
    const { grads } = valueAndGrad(() => add(mul(x, x), x), [x]);
    expect(grads[0].item()).to.equal(7);
  });

  it('passes no gradient through stopGradient', () => {
    const x = scalar(3);
    const { grads } = valueAndGrad(() => mul(stopGradient(x), x), [x]);
    expect(grads[0].item()).to.equal(3);
  });

  it('leaves nothing behind when f throws', () => {
    const x = scalar(3);
    const { tape } = recording([x], () => {
      expect(() =>
        valueAndGrad(() => {
          neg(x);
          throw new Error('no');
        }, [x]),
      ).to.throw('no');
    });
    expect(tape.entries.map(({ op }) => op)).to.deep.equal(['neg']);
    expect(valueAndGrad(() => square(x), [x]).grads[0].item()).to.equal(6);
  });

  const x = tensor([1, 2]);

  it('names the operation whose gradient rule gives another element type', () => {
    const widened = defineOp({
      name: 'widened',
      inputs: ['x'],
      shape: (shapes) => shapes.x,
      view: (inputs) => inputs.x,
      gradient: (dy) => ({ x: () => cast(dy, 'float64') }),
      samples: [],
    });
    expect(() => valueAndGrad(() => sum(widened(x)), [x]))
      .to.throw(DTypeError)
      .with.property(
        'message',
        "widened: expected its gradient rule to give float32, its input's type; received float64.",
      );
  });

  it('walks back over a long computation without recursion', () => {
    const leaf = scalar(1, 'float64');
    const long = (): Tensor => {
      let y: Tensor = leaf;
      for (let i = 0; i < 20_000; i++) y = add(y, leaf);
      return y;
    };
    expect(valueAndGrad(long, [leaf]).grads[0].item()).to.equal(20_001);
  });

  it('asks only for the gradients that are needed', () => {
    const leaf = scalar(2);
    const lazy = defineOp({
      name: 'lazy',
      inputs: ['a', 'b'],
      shape: ({ a }) => a,
      compute: (backend, { a, b }, _, out) => backend.zip('mul', a, b, out),
      gradient: (dy, { inputs: { b } }) => ({
        a: () => mul(dy, b),
        b: () => expect.fail('b is a constant'),
      }),
      samples: [],
    });
    expect(valueAndGrad(() => lazy(leaf, 5), [leaf]).grads[0].item()).to.equal(5);
  });

  it('refuses a variable that f itself updates, since its first value is gone', () => {
    const w = new Variable('w', scalar(2));
    const update = (): Tensor => {
      const y = square(w.value);
      w.assign(scalar(5));
      return y;
    };
    expect(() => valueAndGrad(update, [w])).to.throw(
      'w: this value is from before an update of the variable.',
    );
  });

  const unfit: readonly (readonly [input: Shape, gradient: Shape])[] = [
    [[2], []],
    [[2], [3]],
    [
      [2, 2],
      [3, 2, 1],
    ],
    [[1, 2], [2]],
  ];
  for (const [input, given] of unfit) {
    it(`names the operation whose gradient rule gives [${given.join()}] for [${input.join()}]`, () => {
      const total = defineOp({
        name: 'total',
        inputs: ['x'],
        shape: () => [],
        compute: (backend, inputs, _, out) =>
          backend.reduce('sum', inputs.x, [...input.keys()], out),
        gradient: () => ({ x: () => zeros(given) }),
        samples: [],
      });
      const leaf = zeros(input);
      expect(() => valueAndGrad(() => total(leaf), [leaf]))
        .to.throw(ShapeError)
        .with.property(
          'message',
          `total: expected its gradient rule to give ${formatShape(input)}, its input's shape, ` +
            `or one broadcast from it; received ${formatShape(given)}.`,
        );
    });
  }
});

describe('grad', () => {
  it('differentiates with respect to each argument', () => {
    const [da, db] = grad((a: Tensor, b: Tensor) => sum(mul(a, square(b))))(
      tensor([2]),
      tensor([3]),
    );
    expect([da.toArray(), db.toArray()]).to.deep.equal([[9], [12]]);
  });

  it('takes one tensor passed twice for two arguments', () => {
    const x = scalar(5);
    const [da, db] = grad((a: Tensor, b: Tensor) => mul(a, square(b)))(x, x);
    expect([da.item(), db.item()]).to.deep.equal([25, 50]);
  });

  it('takes what f reaches from outside for a constant, even its argument', () => {
    const x = scalar(5);
    expect(grad((a: Tensor) => mul(a, x))(x)[0].item()).to.equal(5);
  });

  it('can be differentiated again, also where x is reached from outside', () => {
    const x = scalar(5);
    const cubed = (a: Tensor): Tensor => mul(a, mul(a, a));
    expect(grad((a: Tensor) => grad(cubed)(a)[0])(x)[0].item()).to.equal(30);
    const mixed = (a: Tensor): Tensor => grad((b: Tensor) => mul(square(a), b))(a)[0];
    expect(grad(mixed)(x)[0].item()).to.equal(10);
  });

  it('has as many results as f has arguments', () => {
    const f = grad((a: Tensor, b: Tensor) => sum(add(a, b)));
    // @ts-expect-error: there is no third gradient.
    expect(f(scalar(1), scalar(2))[2]).to.equal(undefined);
    // @ts-expect-error: f needs two arguments.
    expect(() => f(scalar(1))).to.throw(DTypeError);
    const { grads } = valueAndGrad(() => scalar(1), [scalar(1)]);
    // @ts-expect-error: there is no second gradient.
    expect(grads[1]).to.equal(undefined);
  });

  it('of an argument broadcast in every way has the argument’s shape', () => {
    const shapes = broadcastablePairs({ minSize: 0 });
    fc.assert(
      fc.property(shapes, ({ a, b, common }) => {
        const [da, db] = grad((x: Tensor, y: Tensor) => sum(add(x, y)))(zeros(a), zeros(b));
        // Each element is counted as often as it is repeated.
        for (const [dx, shape] of [
          [da, a],
          [db, b],
        ] as const) {
          const times = sizeOf(shape) === 0 ? 0 : sizeOf(common) / sizeOf(shape);
          expect(dx.toArray()).to.deep.equal(full(shape, times).toArray());
          expect(dx.shape).to.deep.equal(shape);
        }
      }),
    );
  });
});

describe('backward', () => {
  it('can be stepped through, operation by operation from the last', () => {
    const x = tensor([1, 3]);
    const { value, tape } = recording([x], () => mean(square(x)));
    const steps = [...backward(tape, value)].map(({ entry, dy }) => `${entry.op} ${dy.toString()}`);
    expect(steps).to.deep.equal([
      'div float32 [] 1',
      'sum float32 [] 0.5',
      'square float32 [2] [0.5, 0.5]',
    ]);
  });

  it('shows after each step the gradients that are still to be passed on', () => {
    const x = scalar(3);
    const { value, tape } = recording([x], () => neg(square(x)));
    const [squared, negated] = tape.entries.map(({ output }) => output);
    const pending = [...backward(tape, value)].map(({ cotangents }) => [...cotangents.keys()]);
    expect(negated).to.equal(value);
    // The generator hands out one map, which goes on changing: after the walk only the leaf is left.
    expect(pending).to.deep.equal([[x], [x]]);
    const first = backward(tape, value).next();
    expect(first.done).to.equal(false);
    expect(!first.done && first.value.cotangents.get(squared!)?.item()).to.equal(-1);
  });

  it('skips operations that the value does not depend on', () => {
    const x = scalar(3);
    const { value, tape } = recording([x], () => {
      neg(x);
      return square(x);
    });
    expect([...backward(tape, value)].map(({ entry }) => entry.op)).to.deep.equal(['square']);
  });
});
