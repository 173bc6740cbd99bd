import { scalar, tensor } from '@gradus/tensor';
import { expect } from 'chai';
import { clip, grad, maximum, minimum, sum } from '../../../src/index';

describe('minimum and maximum', () => {
  const [a, b] = [tensor([1, 2, NaN, 4]), tensor([2, 2, 1, NaN])];

  it('choose element by element, and pass NaN on', () => {
    expect(minimum(a, b).toArray()).to.deep.equal([1, 2, NaN, NaN]);
    expect(maximum(a, b).toArray()).to.deep.equal([2, 2, NaN, NaN]);
  });

  it('give each half of the gradient where they are equal', () => {
    const [first, second] = [tensor([1, 2, 3]), tensor([2, 2, 2])];
    const slopes = grad((x: typeof first, y: typeof first) => sum(maximum(x, y)))(first, second);
    expect(slopes.map((dx) => dx.toArray())).to.deep.equal([
      [0, 0.5, 1],
      [1, 0.5, 0],
    ]);
  });
});

describe('clip', () => {
  const x = tensor([-2, -1, 0, 1, 2, NaN]);

  it('moves what lies beyond a bound to it, and passes NaN on', () => {
    expect(clip(x, { min: -1, max: 1 }).toArray()).to.deep.equal([-1, -1, 0, 1, 1, NaN]);
    expect(clip(x, { min: 0 }).toArray()).to.deep.equal([0, 0, 0, 1, 2, NaN]);
    expect(clip(x).toArray()).to.deep.equal([-2, -1, 0, 1, 2, NaN]);
    expect(clip(x, {}).toArray()).to.deep.equal([-2, -1, 0, 1, 2, NaN]);
  });

  it('passes the gradient on the bounds and between them', () => {
    const [dx] = grad((v: typeof x) => sum(clip(v, { min: -1, max: 1 })))(x);
    expect(dx.toArray()).to.deep.equal([0, 1, 1, 1, 0, 0]);
  });

  it('refuses bounds in the wrong order', () => {
    const wrong = () => clip(scalar(0), { min: 1, max: -1 });
    expect(wrong).to.throw('clip: expected min to be at most max; received 1, -1');
  });
});
