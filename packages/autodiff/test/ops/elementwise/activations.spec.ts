import { tensor, type Tensor } from '@gradus/tensor';
import { expect } from 'chai';
import {
  elu,
  gelu,
  grad,
  hardSigmoid,
  leakyRelu,
  relu6,
  selu,
  silu,
  sum,
} from '../../../src/index';

/** Points of the definitions; for gelu from tables of the normal distribution. */
const tables: readonly [string, (x: Tensor) => Tensor, readonly (readonly [number, number])[]][] = [
  [
    'relu6',
    relu6,
    [
      [-1, 0],
      [3, 3],
      [7, 6],
    ],
  ],
  [
    'leakyRelu',
    (x) => leakyRelu(x),
    [
      [-2, -0.6],
      [2, 2],
    ],
  ],
  [
    'elu',
    (x) => elu(x),
    [
      [-1, -0.632120558828558],
      [2, 2],
    ],
  ],
  [
    'selu',
    selu,
    [
      [-1, -1.11133073781256],
      [1, 1.05070098735548],
    ],
  ],
  [
    'gelu',
    (x) => gelu(x),
    [
      [-1, -0.158655253931457],
      [1, 0.841344746068543],
    ],
  ],
  [
    'gelu, approximate',
    (x) => gelu(x, { approximate: true }),
    [
      [-1, -0.158808009391723],
      [1, 0.841191990608277],
    ],
  ],
  [
    'silu',
    silu,
    [
      [-1, -0.268941421369995],
      [2, 1.76159415595576],
    ],
  ],
  [
    'hardSigmoid',
    hardSigmoid,
    [
      [-4, 0],
      [0, 0.5],
      [1.5, 0.75],
      [4, 1],
    ],
  ],
];

describe('Activations', () => {
  for (const [name, activation, points] of tables) {
    it(`have these values: ${name}`, () => {
      const x = tensor(
        points.map(([at]) => at),
        undefined,
        'float64',
      );
      (activation(x).toArray() as number[]).forEach((y, i) =>
        expect(y).to.be.closeTo(points[i]![1], 1e-14),
      );
    });
  }

  it('pass the gradient of relu6 between its bounds, and not on them', () => {
    const [dx] = grad((x: Tensor) => sum(relu6(x)))(tensor([-1, 0, 3, 6, 7]));
    expect(dx.toArray()).to.deep.equal([0, 0, 1, 0, 0]);
  });

  it('say in their own name what does not fit', () => {
    const x = tensor([1]);
    expect(() => leakyRelu(x, { alpha: NaN })).to.throw(
      'leakyRelu: expected a finite alpha; received NaN',
    );
    // @ts-expect-error: null is no tensor.
    expect(() => relu6(null)).to.throw(
      'relu6: expected 1 tensor or number; received null. Make a tensor',
    );
    expect(() => gelu(tensor(Int32Array.of(1)))).to.throw(
      "gelu: expected float32 or float64; received x int32. Convert it: cast(x, 'float32').",
    );
  });

  it('have finite gradients far from 0, where parts of them overflow', () => {
    const far = tensor([-1000, 1000]);
    for (const [name, activation] of tables) {
      const [dx] = grad((x: Tensor) => sum(activation(x)))(far);
      expect((dx.toArray() as number[]).every(Number.isFinite), name).to.equal(true);
    }
  });
});
