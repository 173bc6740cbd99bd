import { DTypeError, scalar, ShapeError, tensor, zeros, type Tensor } from '@gradus/tensor';
import { expect } from 'chai';
import {
  cast,
  customGradient,
  exp,
  grad,
  mul,
  neg,
  recording,
  sign,
  square,
  sum,
  valueAndGrad,
} from '../src/index';

describe('customGradient', () => {
  it('lets a gradient pass straight through a function that has none', () => {
    const binarized = customGradient('binarized', (x: Tensor) => ({
      value: sign(x),
      gradient: (dy) => [dy],
    }));
    const x = tensor([-2, 3]);
    const { value, grads } = valueAndGrad(() => sum(mul(binarized(x), tensor([5, 7]))), [x]);
    expect(value.item()).to.equal(2);
    expect(grads[0].toArray()).to.deep.equal([5, 7]);
  });

  it('is one entry on the tape, under its name', () => {
    const twice = customGradient('twice', (x: Tensor) => ({
      value: neg(neg(mul(x, 2))),
      gradient: (dy) => [mul(dy, 2)],
    }));
    const x = scalar(1);
    const { tape } = recording([x], () => twice(x));
    expect(tape.entries.map(({ op }) => op)).to.deep.equal(['twice']);
  });

  it('has one gradient for each argument', () => {
    const product = customGradient('product', (a: Tensor, b: Tensor) => ({
      value: mul(a, b),
      gradient: (dy) => [mul(dy, b), mul(dy, a)],
    }));
    const [da, db] = grad((a: Tensor, b: Tensor) => product(a, b))(scalar(2), scalar(3));
    expect([da.item(), db.item()]).to.deep.equal([3, 2]);
  });

  it('may return its own argument, with another gradient', () => {
    const reversed = customGradient('reversed', (x: Tensor) => ({
      value: x,
      gradient: (dy) => [neg(dy)],
    }));
    const x = scalar(3);
    const { value, grads } = valueAndGrad(() => mul(reversed(x), x), [x]);
    expect(value.item()).to.equal(9);
    expect(grads[0].item()).to.equal(0);
  });

  it('can be differentiated again through its arguments and its value', () => {
    const byArgument = customGradient('byArgument', (x: Tensor) => ({
      value: square(x),
      gradient: (dy) => [mul(dy, mul(x, 2))],
    }));
    const byValue = customGradient('byValue', (x: Tensor) => ({
      value: exp(x),
      gradient: (dy, y) => [mul(dy, y)],
    }));
    const second = (f: (x: Tensor) => Tensor): number =>
      grad((x: Tensor) => grad(f)(x)[0])(scalar(0))[0].item();
    expect(second(byArgument)).to.equal(2);
    expect(second(byValue)).to.equal(1);
  });

  it('takes what f computed on the way for a constant in second derivatives', () => {
    const captured = customGradient('captured', (x: Tensor) => {
      const y = exp(x);
      return { value: y, gradient: (dy) => [mul(dy, y)] };
    });
    expect(grad((x: Tensor) => grad(captured)(x)[0])(scalar(0))[0].item()).to.equal(0);
  });

  it('lets no gradient through integers', () => {
    const [dx] = grad((x: Tensor) => cast(cast(x, 'int32'), 'float32'))(scalar(2.5));
    expect(dx.item()).to.equal(0);
  });

  const wrong: readonly [string, readonly Tensor[], string][] = [
    [
      'a gradient of another shape',
      [scalar(1)],
      'odd: expected gradient 0 shaped like argument 0, [2]; received [].',
    ],
    [
      'a gradient that would have to be summed',
      [zeros([3, 2])],
      'odd: expected gradient 0 shaped like argument 0, [2]; received [3, 2].',
    ],
    ['no gradient', [], 'odd: expected a gradient for each argument, 1; received 0.'],
    [
      'too many gradients',
      [zeros([2]), zeros([2])],
      'odd: expected a gradient for each argument, 1; received 2.',
    ],
  ];
  for (const [what, gradients, message] of wrong) {
    it(`refuses ${what}, when it is asked for`, () => {
      const x = tensor([1, 2]);
      const odd = customGradient('odd', (t: Tensor) => ({ value: t, gradient: () => gradients }));
      expect(odd(x).toArray()).to.deep.equal([1, 2]);
      expect(() => valueAndGrad(() => sum(odd(x)), [x]))
        .to.throw(ShapeError)
        .with.property('message', message);
    });
  }

  it('refuses a gradient of another element type', () => {
    const x = tensor([1, 2]);
    const odd = customGradient('odd', (t: Tensor) => ({
      value: t,
      gradient: () => [zeros([2], 'float64')],
    }));
    expect(() => valueAndGrad(() => sum(odd(x)), [x]))
      .to.throw(DTypeError)
      .with.property(
        'message',
        "odd: expected its gradient rule to give float32, its input's type; received float64.",
      );
  });

  it('takes tensors only, as many as f', () => {
    const product = customGradient('product', (a: Tensor, b: Tensor) => ({
      value: mul(a, b),
      gradient: (dy) => [mul(dy, b), mul(dy, a)],
    }));
    // @ts-expect-error: b is missing.
    expect(() => product(scalar(1))).to.throw(DTypeError);
  });
});
