import { DTypeError, scalar, ShapeError, tensor, type Tensor } from '@gradus/tensor';
import { expect } from 'chai';
import { cast, grad, neg, square, sum, valueAndGrad } from '../src/index';
import { unhandledRejections } from './unhandledRejections';

describe('valueAndGrad', () => {
  const x = tensor([1, 2]);
  const wrong: readonly [string, () => unknown, new (...args: never[]) => Error, string][] = [
    [
      'a value that is not a scalar',
      () => valueAndGrad(() => neg(x), [x]),
      ShapeError,
      'valueAndGrad: expected f() to return a scalar []; received [2]. ' +
        'Reduce it first, for example with mean().',
    ],
    [
      'a promise',
      () => valueAndGrad((() => Promise.reject(new Error('late'))) as () => never, [x]),
      TypeError,
      'valueAndGrad: expected f() to return a tensor; received a promise. ' +
        'f must be synchronous and return its result.',
    ],
    [
      'no value',
      () => valueAndGrad((() => undefined) as () => never, [x]),
      TypeError,
      'valueAndGrad: expected f() to return a tensor; received undefined. ' +
        'f must be synchronous and return its result.',
    ],
    [
      'a leaf of integers',
      () => valueAndGrad(() => sum(x), [tensor([1], undefined, 'int32')]),
      DTypeError,
      'valueAndGrad: expected float32 or float64 tensors to differentiate with respect to; ' +
        "received int32. Integers have no gradient. Convert first: cast(x, 'float32').",
    ],
    [
      'a value that is an integer',
      () => valueAndGrad(() => sum(cast(x, 'int32')), [x]),
      DTypeError,
      'valueAndGrad: expected f() to return float32 or float64; received int32. ' +
        "Whole numbers have no slope. Convert x before computing with it: cast(x, 'float32').",
    ],
  ];
  for (const [what, call, kind, message] of wrong) {
    it(`refuses ${what}`, () => {
      expect(call).to.throw(kind).with.property('message', message);
    });
  }

  it('does not let the failure of a promise that it refuses end the program', async () => {
    const failing = (): never => Promise.reject(new Error('late')) as never;
    const unhandled = await unhandledRejections(() => {
      expect(() => valueAndGrad(failing, [x])).to.throw(TypeError);
    });
    expect(unhandled).to.deep.equal([]);
  });

  it('refuses what is no tensor, when types are not checked', () => {
    const message =
      'expected float32 or float64 tensors to differentiate with respect to; ' +
      'received number. Make a tensor of your data with tensor(values).';
    // @ts-expect-error: a number is nothing to differentiate with respect to.
    expect(() => valueAndGrad(() => sum(x), [1]))
      .to.throw(DTypeError)
      .with.property('message', `valueAndGrad: ${message}`);
    // @ts-expect-error: a number is no argument.
    expect(() => grad(square)(1))
      .to.throw(DTypeError)
      .with.property('message', `grad: ${message}`);
  });
});

describe('grad', () => {
  it('needs an f that returns a tensor', () => {
    // @ts-expect-error: a number is no tensor.
    expect(() => grad((a: Tensor) => a.item())(scalar(1))).to.throw(TypeError);
    // @ts-expect-error: a promise is no tensor.
    expect(() => grad((a: Tensor) => Promise.resolve(a))(scalar(1))).to.throw(TypeError);
  });

  it('refuses integers', () => {
    expect(() => grad(square)(scalar(1, 'int32')))
      .to.throw(DTypeError)
      .with.property(
        'message',
        'grad: expected float32 or float64 tensors to differentiate with respect to; ' +
          "received int32. Integers have no gradient. Convert first: cast(x, 'float32').",
      );
  });
});
