import { OptionError, ShapeError, tensor, zeros, type Tensor } from '@gradus/tensor';
import { expect } from 'chai';
import { argMax, argMin, cast, grad, mul, sum } from '../../../src/index';

const x = tensor([
  [3, 1, 3],
  [2, 9, 0],
]);

describe('argMax and argMin', () => {
  it('find the first of the largest and of the smallest', () => {
    expect(argMax(x, { axis: 1 }).toArray()).to.deep.equal([0, 1]);
    expect(argMax(x, { axis: 0 }).toArray()).to.deep.equal([0, 1, 0]);
    expect(argMin(x, { axis: -1, keepDims: true }).toArray()).to.deep.equal([[1], [2]]);
    expect(argMax(x, { axis: 1 }).dtype).to.equal('int32');
  });

  it('count row by row along all axes, or several', () => {
    expect([argMax(x).item(), argMin(x).item()]).to.deep.equal([4, 5]);
    expect(argMax(x, { axis: [1, 0] }).item()).to.equal(4);
    expect(argMin(tensor(Uint8Array.of(7, 2, 2))).item()).to.equal(1);
  });

  it('find the first NaN before anything else', () => {
    const gaps = tensor([1, NaN, Infinity, NaN]);
    expect([argMax(gaps).item(), argMin(gaps).item()]).to.deep.equal([1, 1]);
    expect(argMax(tensor([-Infinity, -Infinity])).item()).to.equal(0);
  });

  it('pass no gradient on', () => {
    const f = (at: Tensor) => sum(mul(cast(argMax(at), 'float32'), sum(at)));
    expect(grad(f)(tensor([1, 2]))[0].toArray()).to.deep.equal([1, 1]);
  });

  it('refuse to choose from nothing', () => {
    expect(() => argMax(zeros([2, 0]), { axis: 1 }))
      .to.throw(ShapeError)
      .with.property(
        'message',
        'argMax: expected at least one number to choose from; received [2, 0]. Axis 1 is empty.',
      );
    expect(argMax(zeros([2, 0]), { axis: 0 }).shape).to.deep.equal([0]);
  });

  it('refuse axes that are none, as all reductions do', () => {
    for (const axis of [null, 'x', [0, '1'], {}]) {
      for (const reduce of [argMax, sum]) {
        expect(() => reduce(x, { axis: axis as number })).to.throw(
          OptionError,
          `${reduce.definition.name}: expected one axis or a list of axes; received`,
        );
      }
    }
    // @ts-expect-error: options are an object.
    expect(() => argMin(x, null)).to.throw(OptionError);
    expect(() => argMin(x, { axis: 2 })).to.throw(ShapeError);
    expect(() => argMin(x, { axis: NaN })).to.throw(ShapeError);
  });
});
