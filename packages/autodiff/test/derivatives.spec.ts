import { DTypeError, scalar, ShapeError, tensor, zeros, type Tensor } from '@gradus/tensor';
import { expectClose, floats, tensors } from '@gradus/tensor/testing';
import { expect } from 'chai';
import fc from 'fast-check';
import {
  add,
  cast,
  exp,
  grad,
  hessianVectorProduct,
  jacobian,
  matMul,
  mul,
  reshape,
  square,
  sum,
  transpose,
} from '../src/index';

const exactly = { relative: 1e-12 };
const matrices = tensors([3, 3], { dtype: 'float64' });
const vectors = tensors([3], { dtype: 'float64' });

/** x^T A x for x [n] and A [n, n]. */
function quadraticForm(a: Tensor, x: Tensor): Tensor {
  const column = reshape(x, [-1, 1]);
  return reshape(matMul(transpose(column), matMul(a, column)), []);
}

describe('hessianVectorProduct', () => {
  it('is (A + A^T) v for the quadratic form of A', () => {
    fc.assert(
      fc.property(matrices, vectors, vectors, (a, x, v) => {
        const found = hessianVectorProduct((at) => quadraticForm(a, at), x, v);
        const column = reshape(v, [3, 1]);
        expectClose(found, reshape(matMul(add(a, transpose(a)), column), [3]), exactly);
      }),
      { numRuns: 20 },
    );
  });

  it('is 6 x v for the sum of cubes', () => {
    const x = tensor([1, -2]);
    const found = hessianVectorProduct((at) => sum(mul(at, square(at))), x, tensor([1, 3]));
    expect(found.toArray()).to.deep.equal([6, -36]);
  });

  it('can be differentiated: third derivatives', () => {
    const cubes = (x: Tensor): Tensor => sum(mul(x, square(x)));
    const [slope] = grad((x: Tensor) => sum(hessianVectorProduct(cubes, x, tensor([1, 1]))))(
      tensor([5, 7]),
    );
    expect(slope.toArray()).to.deep.equal([6, 6]);
  });

  it('refuses integers, and a direction of another element type', () => {
    const whole = tensor([1], undefined, 'int32');
    expect(() => hessianVectorProduct(sum, whole, whole))
      .to.throw(DTypeError)
      .with.property(
        'message',
        'hessianVectorProduct: expected float32 or float64 tensors to differentiate with respect ' +
          "to; received int32. Integers have no gradient. Convert first: cast(x, 'float32').",
      );
    const f = (x: Tensor): Tensor => sum(square(x));
    expect(() => hessianVectorProduct(f, tensor([1]), tensor([1], undefined, 'float64'))).to.throw(
      DTypeError,
    );
  });

  it('refuses a direction of another shape', () => {
    expect(() => hessianVectorProduct(sum, tensor([1, 2]), tensor([[1, 2]])))
      .to.throw(ShapeError)
      .with.property(
        'message',
        'hessianVectorProduct: expected a direction shaped like x, [2]; received [1, 2].',
      );
  });
});

describe('jacobian', () => {
  it('of a linear map is its matrix', () => {
    fc.assert(
      fc.property(matrices, vectors, (a, x) => {
        const map = (at: Tensor): Tensor => reshape(matMul(a, reshape(at, [3, 1])), [3]);
        expectClose(jacobian(map, x), a, exactly);
      }),
      { numRuns: 20 },
    );
  });

  it('has the axes of the result, then those of the argument', () => {
    const x = tensor([[1, 2, 3]]);
    const found = jacobian((at) => square(transpose(at)), x);
    expect(found.shape).to.deep.equal([3, 1, 1, 3]);
    expect(reshape(found, [3, 3]).toArray()).to.deep.equal([
      [2, 0, 0],
      [0, 4, 0],
      [0, 0, 6],
    ]);
  });

  it('of a scalar function is its gradient', () => {
    expect(jacobian((at) => sum(square(at)), tensor([1, 2])).toArray()).to.deep.equal([2, 4]);
  });

  it('is 0 where the function is constant, and empty where the result is', () => {
    expect(jacobian(() => tensor([1, 2]), scalar(1)).toArray()).to.deep.equal([0, 0]);
    expect(jacobian(() => tensor([]), tensor([1, 2])).shape).to.deep.equal([0, 2]);
    const constant = jacobian(() => tensor([1, 2]), scalar(1, 'float64'));
    expect(constant.dtype).to.equal('float64');
  });

  it('keeps the element type and evaluates f once', () => {
    let calls = 0;
    const found = jacobian(
      (at) => {
        calls += 1;
        return exp(at);
      },
      tensor([0, 0], undefined, 'float64'),
    );
    expect(found.dtype).to.equal('float64');
    expect(calls).to.equal(1);
  });

  it('of a gradient is the Hessian, which is symmetric', () => {
    const points = fc.tuple(matrices, vectors, floats());
    fc.assert(
      fc.property(points, ([a, x, c]) => {
        const f = (at: Tensor): Tensor =>
          add(mul(quadraticForm(a, at), sum(mul(at, c))), exp(mul(sum(at), 0.25)));
        const hessian = jacobian((at) => grad(f)(at)[0], x);
        expectClose(hessian, transpose(hessian), { relative: 1e-11 });
      }),
      { numRuns: 20 },
    );
  });

  it('can be differentiated itself', () => {
    const [slope] = grad((x: Tensor) => sum(jacobian(square, x)))(tensor([3, 4]));
    expect(slope.toArray()).to.deep.equal([2, 2]);
  });

  it('puts many rows in their order', () => {
    for (const n of [1, 2, 3, 4, 5, 7]) {
      const indices = Array.from({ length: n }, (_, i) => i);
      const found = jacobian((at) => mul(at, tensor(indices)), zeros([n]));
      const diagonal = indices.map((i) => indices.map((j) => (i === j ? i : 0)));
      expect(found.toArray()).to.deep.equal(diagonal);
    }
  });

  const noTensors: readonly [string, () => unknown, string][] = [
    // @ts-expect-error: a promise is no tensor.
    ['a promise', () => jacobian((x) => Promise.resolve(x), scalar(1)), 'a promise'],
    // @ts-expect-error: a number is no tensor.
    ['a number', () => jacobian(() => 5, scalar(1)), 'number'],
    // @ts-expect-error: neither is null.
    ['null', () => jacobian(() => null, scalar(1)), 'null'],
  ];
  for (const [what, call, received] of noTensors) {
    it(`refuses a function that returns ${what}`, () => {
      expect(call)
        .to.throw(TypeError)
        .with.property(
          'message',
          `jacobian: expected f() to return a tensor; received ${received}. ` +
            'f must be synchronous and return its result.',
        );
    });
  }

  it('refuses integers', () => {
    expect(() => jacobian((x) => cast(x, 'float32'), tensor([1], undefined, 'int32')))
      .to.throw(DTypeError)
      .with.property(
        'message',
        'jacobian: expected float32 or float64 tensors to differentiate with respect to; ' +
          "received int32. Integers have no gradient. Convert first: cast(x, 'float32').",
      );
  });
});
