import { hasSimd, simd, withBackend } from '@gradus/kernels';
import { tensor, type NestedNumbers, type Tensor } from '@gradus/tensor';
import { expect } from 'chai';
import {
  add,
  grad,
  hessianVectorProduct,
  inScope,
  jacobian,
  keep,
  mul,
  square,
  sum,
  valueAndGrad,
  withoutRecording,
} from '../src/index';

const x = tensor([1, 2, 3]);
const cubes = (at: Tensor): Tensor => sum(mul(at, square(at)));

describe('Memory of an engine', () => {
  before(function () {
    if (!hasSimd()) this.skip();
  });

  it('is left by what valueAndGrad returns, and by nothing else', () => {
    const inside: Tensor[] = [];
    const { value, grads } = withBackend(simd, () =>
      valueAndGrad(() => {
        inside.push(square(x), keep(square(x)));
        return sum(mul(inside[0]!, x));
      }, [x]),
    );
    expect(value.item()).to.equal(36);
    expect(grads[0].toArray()).to.deep.equal([3, 12, 27]);
    expect(() => inside[0]!.toArray()).to.throw(/keep\(/);
    expect(inside[1]!.toArray()).to.deep.equal([1, 4, 9]);
  });

  const nested: readonly [string, () => Tensor, NestedNumbers][] = [
    ['grad', () => grad(cubes)(x)[0], [3, 12, 27]],
    ['grad of grad', () => grad((at: Tensor) => sum(grad(cubes)(at)[0]))(x)[0], [6, 12, 18]],
    ['hessianVectorProduct', () => hessianVectorProduct(cubes, x, x), [6, 24, 54]],
    [
      'jacobian',
      () => jacobian((at) => square(at), x),
      [
        [2, 0, 0],
        [0, 4, 0],
        [0, 0, 6],
      ],
    ],
    ['grad of a constant', () => grad((_: Tensor) => sum(x))(x)[0], [0, 0, 0]],
  ];
  for (const [what, derivative, expected] of nested) {
    it(`holds nothing of what ${what} gives, in a scope or outside`, () => {
      withBackend(simd, () => {
        expect(derivative().toArray()).to.deep.equal(expected);
        const doubled = inScope(() => add(derivative(), derivative()));
        expect(doubled.toArray()).to.deep.equal(add(tensor(expected), tensor(expected)).toArray());
      });
    });
  }

  it('lasts to the end of the walk for what f computes in a scope of its own', () => {
    const [dx] = withBackend(simd, () =>
      grad((at: Tensor) =>
        inScope(() =>
          sum(
            mul(
              at,
              inScope(() => square(at)),
            ),
          ),
        ),
      )(x),
    );
    expect(dx.toArray()).to.deep.equal([3, 12, 27]);
  });

  it('is given back at once for what is not recorded', () => {
    let lost: Tensor | undefined;
    const constant = (): Tensor =>
      withoutRecording(() =>
        inScope(() => {
          lost = square(x);
          return sum(lost);
        }),
      );
    const check = (at: Tensor): Tensor => {
      const total = constant();
      expect(() => lost?.toArray()).to.throw(/keep\(/);
      return sum(mul(at, total));
    };
    expect(withBackend(simd, () => grad(check)(x))[0].toArray()).to.deep.equal([14, 14, 14]);
  });

  it('is given back when f throws', () => {
    withBackend(simd, () => {
      let lost: Tensor | undefined;
      const failing = (): never => {
        lost = square(x);
        throw new Error('no');
      };
      expect(() => valueAndGrad(failing, [x])).to.throw('no');
      expect(simd.scopes?.depth).to.equal(0);
      expect(() => lost?.toArray()).to.throw(/keep\(/);
    });
  });
});
