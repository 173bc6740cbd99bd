import { tensor, type Tensor } from '@gradus/tensor';
import { expect } from 'chai';
import {
  acos,
  acosh,
  asin,
  asinh,
  atan,
  atan2,
  atanh,
  ceil,
  cos,
  cosh,
  floor,
  pow,
  round,
  sin,
  sinh,
  tan,
} from '../../../src/index';

type Unary = (x: Tensor) => Tensor;

describe('Functions of angles and powers', () => {
  const inverses: readonly [string, Unary, Unary, readonly number[]][] = [
    ['asin', sin, asin, [-1.5, -0.3, 0, 1.2]],
    ['acos', cos, acos, [0.1, 1, 3]],
    ['atan', tan, atan, [-1.4, 0, 1.3]],
    ['asinh', sinh, asinh, [-3, 0, 2]],
    ['acosh', cosh, acosh, [0.5, 2, 3]],
  ];
  for (const [name, f, inverse, points] of inverses) {
    it(`have inverses: ${name}`, () => {
      const x = tensor([...points], undefined, 'float64');
      (inverse(f(x)).toArray() as number[]).forEach((y, i) =>
        expect(y).to.be.closeTo(points[i]!, 1e-12),
      );
    });
  }

  it('have these values', () => {
    const double = (x: number): Tensor => tensor([x], undefined, 'float64');
    expect(sin(double(Math.PI / 2)).item()).to.equal(1);
    expect(atanh(double(0.5)).item()).to.be.closeTo(Math.log(3) / 2, 1e-15);
    expect(atan2(double(-1), double(-1)).item()).to.be.closeTo((-3 * Math.PI) / 4, 1e-15);
    expect(pow(tensor([2, -8, 0]), tensor([10, 1 / 3, 0])).toArray()).to.deep.equal([1024, NaN, 1]);
    expect(asin(double(2)).item()).to.be.NaN;
  });
});

describe('Rounding', () => {
  const x = tensor([-2.5, -1.5, -0.5, 0.5, 1.5, 2.5, 2.75, NaN, Infinity]);

  it('goes down, up, or to the nearest, of two to the even one', () => {
    expect(floor(x).toArray()).to.deep.equal([-3, -2, -1, 0, 1, 2, 2, NaN, Infinity]);
    expect(ceil(x).toArray()).to.deep.equal([-2, -1, -0, 1, 2, 3, 3, NaN, Infinity]);
    expect(round(x).toArray()).to.deep.equal([-2, -2, -0, 0, 2, 2, 3, NaN, Infinity]);
  });
});
