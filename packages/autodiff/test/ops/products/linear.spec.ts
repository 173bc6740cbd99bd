import { range, ShapeError, tensor, zeros, type Shape, type Tensor } from '@gradus/tensor';
import { expectClose } from '@gradus/tensor/testing';
import { expect } from 'chai';
import {
  add,
  grad,
  matMul,
  matMulBias,
  mul,
  relu,
  reshape,
  sum,
  transpose,
  valueAndGrad,
} from '../../../src/index';

describe('matMul', () => {
  const a = tensor([
    [1, 2],
    [3, 4],
  ]);
  const b = tensor([
    [5, 6, 7],
    [8, 9, 10],
  ]);

  it('multiplies rows by columns', () => {
    expect(matMul(a, b).toArray()).to.deep.equal([
      [21, 24, 27],
      [47, 54, 61],
    ]);
    expect(matMul(transpose(b), a).toArray()).to.deep.equal([
      [29, 42],
      [33, 48],
      [37, 54],
    ]);
  });

  it('broadcasts leading axes', () => {
    const stack = reshape(range(0, 4), [2, 1, 2]);
    expect(matMul(stack, a).toArray()).to.deep.equal([[[3, 4]], [[11, 16]]]);
    expect(matMul(zeros([2, 1, 3, 4]), zeros([5, 4, 6])).shape).to.deep.equal([2, 5, 3, 6]);
  });

  it('is 0 where it sums over nothing, as is its gradient', () => {
    expect(matMul(zeros([2, 0]), zeros([0, 1])).toArray()).to.deep.equal([[0], [0]]);
    const [da] = grad((at: typeof a) => sum(matMul(at, zeros([2, 0]))))(a);
    expect(da.toArray()).to.deep.equal([
      [0, 0],
      [0, 0],
    ]);
  });

  const wrong: readonly [string, readonly number[], readonly number[], string][] = [
    [
      'different inner sizes',
      [32, 784],
      [728, 10],
      'matMul: expected a [m, k] and b [k, n]; received a [32, 784] and b [728, 10]. ' +
        'k is 784 in a and 728 in b.',
    ],
    [
      'a vector',
      [2, 3],
      [3],
      'matMul: expected a [m, k] and b [k, n]; received a [2, 3] and b [3]. ' +
        'Both need at least two axes; add one with reshape.',
    ],
    [
      'leading axes that do not fit',
      [2, 4, 1, 3],
      [5, 3, 1],
      'matMul: expected leading axes that can be broadcast; received a [2, 4, 1, 3] and ' +
        'b [5, 3, 1]. Axis -3 is 4 in a and 5 in b; sizes must match or be 1.',
    ],
  ];
  for (const [what, shapeA, shapeB, message] of wrong) {
    it(`refuses ${what}`, () => {
      expect(() => matMul(zeros(shapeA), zeros(shapeB)))
        .to.throw(ShapeError)
        .with.property('message', message);
    });
  }
});

describe('matMulBias', () => {
  const a = tensor([
    [1, 2],
    [3, 4],
  ]);
  const b = tensor([
    [5, -6],
    [8, 1],
  ]);
  const bias = tensor([0.5, 3]);

  it('adds a number to each column, and with relu keeps the positive part', () => {
    // 1 x 5 + 2 x 8 + 0.5, 1 x -6 + 2 x 1 + 3; 3 x 5 + 4 x 8 + 0.5, 3 x -6 + 4 x 1 + 3.
    expect(matMulBias(a, b, bias).toArray()).to.deep.equal([
      [21.5, -1],
      [47.5, -11],
    ]);
    expect(matMulBias(a, b, bias, { relu: true }).toArray()).to.deep.equal([
      [21.5, 0],
      [47.5, 0],
    ]);
  });

  it('is the bias where it sums over nothing', () => {
    const y = matMulBias(zeros([2, 0]), zeros([0, 2]), tensor([-1, 3]), { relu: true });
    expect(y.toArray()).to.deep.equal([
      [0, 3],
      [0, 3],
    ]);
  });

  type Arguments = readonly [a: Tensor, b: Tensor, bias: Tensor];
  const values = (shape: Shape, seed: number): Tensor => {
    const size = shape.reduce((product, n) => product * n, 1);
    return tensor(
      Float64Array.from({ length: size }, (_, i) => Math.sin(seed + i)),
      shape,
    );
  };
  const shapes: readonly [a: Shape, b: Shape][] = [
    [
      [3, 4],
      [4, 5],
    ],
    [
      [1, 1],
      [1, 1],
    ],
    [
      [2, 3, 4],
      [4, 5],
    ],
    [
      [4, 3],
      [2, 3, 1],
    ],
    [
      [2, 1, 3, 4],
      [5, 4, 2],
    ],
    [
      [0, 3],
      [3, 2],
    ],
  ];
  for (const cut of [false, true]) {
    it(`is matMul and add${cut ? ' and relu' : ''}, with their gradients`, () => {
      for (const [left, right] of shapes) {
        const args = [values(left, 1), values(right, 2), values(right.slice(-1), 3)] as const;
        const plain = (...[a, b, bias]: Arguments): Tensor => {
          const y = add(matMul(a, b), bias);
          return cut ? relu(y) : y;
        };
        const fused = (...[a, b, bias]: Arguments): Tensor => matMulBias(a, b, bias, { relu: cut });
        const [expected, found] = [plain, fused].map((f) => {
          const weighted = (): Tensor => {
            const y = f(...args);
            return sum(mul(y, values(y.shape, 4)));
          };
          const { value, grads } = valueAndGrad(weighted, args);
          return [f(...args), value, ...grads];
        });
        expected!.forEach((one, i) => expectClose(found![i]!, one, { relative: 1e-12 }));
      }
    });
  }

  it('lets NaN through relu', () => {
    const y = matMulBias(tensor([[NaN]]), tensor([[1, 2]]), tensor([1, -1]), { relu: true });
    expect(y.toArray()).to.deep.equal([[NaN, NaN]]);
  });

  const wrong: readonly [string, Shape, Shape, Shape, string][] = [
    [
      'a bias that has no number for each column',
      [2, 3],
      [3, 4],
      [3],
      'matMulBias: expected a bias [4], a number for each column; received [3].',
    ],
    [
      'one that would be broadcast',
      [2, 3],
      [3, 4],
      [1],
      'matMulBias: expected a bias [4], a number for each column; received [1].',
    ],
    [
      'a row',
      [2, 3],
      [3, 4],
      [1, 4],
      'matMulBias: expected a bias [4], a number for each column; received [1, 4].',
    ],
    [
      'different inner sizes',
      [32, 784],
      [728, 10],
      [10],
      'matMulBias: expected a [m, k] and b [k, n]; received a [32, 784] and b [728, 10]. ' +
        'k is 784 in a and 728 in b.',
    ],
    [
      'leading axes that do not fit',
      [2, 4, 1, 3],
      [5, 3, 1],
      [1],
      'matMulBias: expected leading axes that can be broadcast; received a [2, 4, 1, 3] and ' +
        'b [5, 3, 1]. Axis -3 is 4 in a and 5 in b; sizes must match or be 1.',
    ],
  ];
  for (const [what, shapeA, shapeB, shapeOfBias, message] of wrong) {
    it(`refuses ${what}`, () => {
      expect(() => matMulBias(zeros(shapeA), zeros(shapeB), zeros(shapeOfBias)))
        .to.throw(ShapeError)
        .with.property('message', message);
    });
  }
});
