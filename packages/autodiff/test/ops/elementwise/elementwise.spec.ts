import { scalar, tensor, type Tensor } from '@gradus/tensor';
import { expect } from 'chai';
import {
  abs,
  exp,
  grad,
  log,
  relu,
  reluGradient,
  sigmoid,
  sign,
  sqrt,
  square,
  tanh,
} from '../../../src/index';

type Unary = (x: Tensor) => Tensor;

describe('Functions of one number', () => {
  const x = [-2, -0.5, 0.25, 3];
  const definitions: readonly [string, Unary, (v: number) => number, readonly number[]][] = [
    ['abs', abs, Math.abs, x],
    ['sign', sign, Math.sign, x],
    ['square', square, (v) => v * v, x],
    ['sqrt', sqrt, Math.sqrt, [0, 0.25, 4]],
    ['exp', exp, Math.exp, x],
    ['log', log, Math.log, [0.25, 1, 4]],
    ['relu', relu, (v) => Math.max(v, 0), x],
    ['sigmoid', sigmoid, (v) => 1 / (1 + Math.exp(-v)), x],
    ['tanh', tanh, Math.tanh, x],
  ];
  for (const [name, op, definition, points] of definitions) {
    it(`are what they are called: ${name}`, () => {
      const found = op(tensor([...points], undefined, 'float64')).toArray() as number[];
      found.forEach((y, i) => expect(y).to.be.closeTo(definition(points[i]!), 1e-15));
    });
  }

  it('have these values where they are extreme', () => {
    expect(sqrt(scalar(-1)).item()).to.be.NaN;
    expect(log(tensor([-1, 0])).toArray()).to.deep.equal([NaN, -Infinity]);
    expect(sigmoid(tensor([-1000, 1000])).toArray()).to.deep.equal([0, 1]);
    expect(relu(scalar(NaN)).item()).to.be.NaN;
  });

  const atKinks: readonly [string, Unary, number][] = [
    ['abs', abs, 0],
    ['sign', sign, 0],
    ['relu', relu, 0],
    ['sqrt', sqrt, Infinity],
  ];
  for (const [name, op, slope] of atKinks) {
    it(`have this gradient where they have no slope: ${name} at 0, ${slope}`, () => {
      expect(grad(op)(scalar(0))[0].item()).to.equal(slope);
    });
  }

  it('have gradients that do not overflow where the function is flat', () => {
    expect(grad((v: Tensor) => sigmoid(v))(scalar(-1000))[0].item()).to.equal(0);
    expect(grad((v: Tensor) => tanh(v))(scalar(1000))[0].item()).to.equal(0);
  });

  it('pass dy on where x is positive: reluGradient', () => {
    const dy = tensor([1, 2, 3]);
    expect(reluGradient(dy, tensor([-1, 0, 1])).toArray()).to.deep.equal([0, 0, 3]);
    expect(reluGradient(dy, scalar(1)).toArray()).to.deep.equal([1, 2, 3]);
  });
});
