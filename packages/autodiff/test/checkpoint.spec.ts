import { hasSimd, simd, withBackend } from '@gradus/kernels';
import { tensor, type Tensor } from '@gradus/tensor';
import { expectClose, tensors } from '@gradus/tensor/testing';
import { expect } from 'chai';
import fc from 'fast-check';
import {
  add,
  cast,
  checkpoint,
  customGradient,
  exp,
  grad,
  greater,
  hessianVectorProduct,
  inScope,
  jacobian,
  matMul,
  mul,
  recording,
  sigmoid,
  square,
  stopGradient,
  sum,
  tanh,
  valueAndGrad,
  Variable,
  where,
  withoutRecording,
} from '../src/index';
import { engines } from '../testing';

const bits = { relative: 0 };
const float64 = { dtype: 'float64' } as const;
const points = fc.tuple(tensors([3, 4], float64), tensors([4, 4], float64), tensors([4], float64));

/** Two layers with a choice, where every intermediate is used in some gradient. */
function network(x: Tensor, w: Tensor, bias: Tensor): Tensor {
  const hidden = tanh(add(matMul(x, w), bias));
  const gate = where(greater(hidden, 0.1), hidden, square(hidden));
  return mul(sigmoid(gate), exp(mul(hidden, 0.25)));
}

describe('checkpoint', () => {
  for (const engine of engines) {
    it(`has the bits of the plain function, in value and gradient, on ${engine.name}`, () => {
      fc.assert(
        fc.property(points, ([x, w, bias]) =>
          withBackend(engine, () => {
            for (const dtype of ['float32', 'float64'] as const) {
              const args = [x, w, bias].map((t) => cast(t, dtype)) as [Tensor, Tensor, Tensor];
              const plain = valueAndGrad(() => sum(square(network(...args))), args);
              const kept = valueAndGrad(() => sum(square(checkpoint(network, ...args))), args);
              expectClose(kept.value, plain.value, bits);
              kept.grads.forEach((dx, i) => expectClose(dx, plain.grads[i]!, bits));
            }
          }),
        ),
        { numRuns: 10 },
      );
    });
  }

  it('lets the gradient through to variables and tensors that f reads from outside', () => {
    fc.assert(
      fc.property(points, ([x, w, bias]) => {
        const weight = new Variable('w', w);
        const loss = (wrap: (f: () => Tensor) => Tensor) => () => {
          const shifted = mul(bias, 2);
          return sum(wrap(() => network(x, weight.value, shifted)));
        };
        const plain = valueAndGrad(
          loss((f) => f()),
          [weight, bias, x],
        );
        const kept = valueAndGrad(
          loss((f) => checkpoint(f)),
          [weight, bias, x],
        );
        kept.grads.forEach((dx, i) => expectClose(dx, plain.grads[i]!, bits));
      }),
      { numRuns: 20 },
    );
  });

  it('can be differentiated again, in all directions', () => {
    fc.assert(
      fc.property(points, ([x, w, bias]) => {
        const second = (f: typeof network) =>
          grad((a: Tensor, b: Tensor, c: Tensor) =>
            grad((...at: [Tensor, Tensor, Tensor]) => sum(square(f(...at))))(a, b, c)
              .map((dx) => sum(mul(dx, dx)))
              .reduce((total, term) => add(total, term)),
          )(x, w, bias);
        const plain = second(network);
        const kept = second((...at) => checkpoint(network, ...at));
        kept.forEach((dx, i) => expectClose(dx, plain[i]!, { relative: 1e-12 }));
      }),
      { numRuns: 10 },
    );
  });

  it('stands inside another one, and in a chain', () => {
    fc.assert(
      fc.property(points, ([x, w, bias]) => {
        const chain = (wrap: typeof checkpoint) => (at: Tensor, weight: Tensor) => {
          const layer = (t: Tensor): Tensor => tanh(add(matMul(t, weight), bias));
          const pair = (t: Tensor): Tensor => wrap(layer, square(wrap(layer, t)));
          return sum(wrap(pair, wrap(pair, at)));
        };
        const plain = grad(chain((f, ...inputs) => f(...inputs)))(x, w);
        const kept = grad(chain(checkpoint))(x, w);
        kept.forEach((dx, i) => expectClose(dx, plain[i]!, { relative: 1e-12 }));
      }),
      { numRuns: 10 },
    );
  });

  it('is one entry on the tape, of which nothing inside is listed', () => {
    const [x, w] = [tensor([1, 2]), tensor([3, 4])];
    const { tape } = recording([x, w], () => checkpoint((at) => exp(mul(at, w)), x));
    expect(String(tape)).to.equal(
      '%0 = leaf: float32 [2]\n%1 = leaf: float32 [2]\n%2 = checkpoint(%0, %1): float32 [2]',
    );
  });

  it('is not on the tape if nothing that f reads is', () => {
    const [x, y] = [tensor([1, 2]), tensor([3, 4])];
    const { tape } = recording([x], () => checkpoint((at) => square(at), y));
    expect(tape.entries).to.deep.equal([]);
  });

  it('evaluates f once for the value, and once more for all gradients', () => {
    let calls = 0;
    const product = (a: Tensor, b: Tensor): Tensor => {
      calls += 1;
      return mul(a, b);
    };
    const [a, b] = [tensor([2]), tensor([3])];
    expect(checkpoint(product, a, b).item()).to.equal(6);
    expect(calls).to.equal(1);
    const [da, db] = grad((...at: [Tensor, Tensor]) => sum(checkpoint(product, ...at)))(a, b);
    expect([da.item(), db.item(), calls]).to.deep.equal([3, 2, 3]);
  });

  it('adds up what comes through an input and through the same tensor from outside', () => {
    const x = tensor([3]);
    const { grads } = valueAndGrad(
      () =>
        sum(
          add(
            checkpoint((at) => mul(at, square(x)), x),
            x,
          ),
        ),
      [x],
    );
    expect(grads[0].item()).to.equal(28);
  });

  it('takes dy for a factor, also where it is a tensor that f uses', () => {
    const x = tensor([3]);
    const timesX = customGradient('timesX', (y: Tensor) => ({
      value: mul(y, x),
      gradient: () => [x],
    }));
    const { grads } = valueAndGrad(() => sum(timesX(checkpoint(square, x))), [x]);
    expect(grads[0].item()).to.equal(18);
  });

  it('may return its argument, a tensor from outside, or a constant', () => {
    const [x, w] = [tensor([3]), tensor([5])];
    const gradients = (f: (at: Tensor) => Tensor): unknown[] =>
      valueAndGrad(() => sum(checkpoint(f, x)), [x, w]).grads.map((dx) => dx.item());
    expect(gradients((at) => at)).to.deep.equal([1, 0]);
    expect(gradients(() => w)).to.deep.equal([0, 1]);
    expect(gradients(() => tensor([1]))).to.deep.equal([0, 0]);
    expect(gradients((at) => add(stopGradient(at), w))).to.deep.equal([0, 1]);
  });

  it('keeps constant what f computes without recording', () => {
    const x = tensor([3]);
    const f = (at: Tensor): Tensor =>
      mul(
        at,
        withoutRecording(() => square(at)),
      );
    expect(grad((at: Tensor) => sum(checkpoint(f, at)))(x)[0].item()).to.equal(9);
  });

  it('lets f differentiate in itself', () => {
    const f = (at: Tensor): Tensor => grad((t: Tensor) => sum(mul(t, square(t))))(at)[0];
    const [dx] = grad((at: Tensor) => sum(checkpoint(f, at)))(tensor([2, 5]));
    expect(dx.toArray()).to.deep.equal([12, 30]);
  });

  it('works under jacobian and hessianVectorProduct', () => {
    const cube = (at: Tensor): Tensor => checkpoint((t) => mul(t, square(t)), at);
    expect(jacobian(cube, tensor([1, 2])).toArray()).to.deep.equal([
      [3, 0],
      [0, 12],
    ]);
    const along = hessianVectorProduct((at) => sum(cube(at)), tensor([1, 2]), tensor([1, 1]));
    expect(along.toArray()).to.deep.equal([6, 12]);
  });

  it('gives the memory of what f computes back at once', function () {
    if (!hasSimd()) this.skip();
    const between: Tensor[] = [];
    const f = (at: Tensor): Tensor => {
      between.push(square(at));
      return mul(at, between.at(-1)!);
    };
    withBackend(simd, () =>
      inScope(() =>
        valueAndGrad(() => {
          const y = checkpoint(f, x);
          expect(() => between[0]!.toArray()).to.throw(/keep\(/);
          return sum(y);
        }, [x]),
      ),
    );
    expect(between).to.have.length(2);
    expect(() => between[1]!.toArray()).to.throw(/keep\(/);
  });
  const x = tensor([1, 2, 3]);

  it('refuses a function that returns no tensor', () => {
    const message = (received: string): string =>
      `checkpoint: expected f() to return a tensor; received ${received}. ` +
      'f must be synchronous and return its result.';
    const run = (f: () => unknown): unknown => checkpoint(f as () => Tensor);
    for (const call of [run, (f: () => unknown) => recording([x], () => run(f))]) {
      expect(() => call(() => 5)).to.throw(TypeError, message('number'));
      expect(() => call(() => Promise.resolve(x))).to.throw(TypeError, message('a promise'));
    }
  });
});
