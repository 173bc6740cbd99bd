import { DTypeError, scalar, tensor, type Tensor } from '@gradus/tensor';
import { expect } from 'chai';
import { gradientsOf } from '../../../src/gradient';
import {
  backward,
  cast,
  grad,
  mul,
  recording,
  square,
  stopGradient,
  sum,
} from '../../../src/index';

describe('cast', () => {
  it('rounds to float32, cuts off for int32, and counts modulo 256 for uint8', () => {
    const x = tensor([-1.9, 0.1, 256], undefined, 'float64');
    expect(cast(x, 'float32').toArray()).to.deep.equal([-1.9, 0.1, 256].map(Math.fround));
    expect(cast(x, 'int32').toArray()).to.deep.equal([-1, 0, 256]);
    expect(cast(x, 'uint8').toArray()).to.deep.equal([255, 0, 0]);
    expect(cast(tensor([NaN, Infinity]), 'int32').toArray()).to.deep.equal([0, 0]);
  });

  it('gives a gradient of the type of x, whatever the type of dy', () => {
    const [dx] = grad((x: Tensor) => sum(square(cast(x, 'float64'))))(tensor([1, 2]));
    expect(dx.dtype).to.equal('float32');
    expect(dx.toArray()).to.deep.equal([2, 4]);
    const [down] = grad((x: Tensor) => square(cast(x, 'float32')))(scalar(3, 'float64'));
    expect(down.dtype).to.equal('float64');
    expect(down.item()).to.equal(6);
  });

  it('lets no gradient into whole numbers, and none out of them', () => {
    const x = scalar(2.5);
    const { value, tape } = recording([x], () => {
      const whole = mul(cast(x, 'int32'), 3);
      return { whole, real: cast(whole, 'float32') };
    });
    const walked = (from: Tensor): string[] =>
      [...backward(tape, from)].map(({ entry }) => entry.op);
    expect(walked(value.real)).to.deep.equal(['cast']);
    expect(walked(value.whole)).to.deep.equal(['mul', 'cast']);
    const [ofReal, ofWhole] = [value.real, value.whole].map((from) => gradientsOf(tape, from));
    expect([ofReal!.has(x), ofWhole!.has(x)]).to.deep.equal([false, false]);
  });

  it('refuses a type that is none', () => {
    // @ts-expect-error: there is no such type.
    expect(() => cast(scalar(1), 'float16'))
      .to.throw(DTypeError)
      .with.property(
        'message',
        'cast: expected float32 or float64 or int32 or uint8; received float16.',
      );
  });
});

describe('stopGradient', () => {
  it('is x itself, without a copy, and takes any type', () => {
    const x = tensor([1, 2], undefined, 'uint8');
    expect(stopGradient(x).data).to.equal(x.data);
    expect(stopGradient(x).toArray()).to.deep.equal([1, 2]);
  });

  it('is a constant to gradients of every order', () => {
    const f = (x: Tensor): Tensor => mul(stopGradient(x), square(x));
    expect(grad(f)(scalar(3))[0].item()).to.equal(3 * 2 * 3);
    expect(grad((x: Tensor) => grad(f)(x)[0])(scalar(3))[0].item()).to.equal(2 * 3);
  });
});
