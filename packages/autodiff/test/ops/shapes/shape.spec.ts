import { ShapeError, tensor, zeros, type Shape } from '@gradus/tensor';
import { indicesOf, shapes, views } from '@gradus/tensor/testing';
import { expect } from 'chai';
import fc from 'fast-check';
import { reshape, transpose } from '../../../src/index';

const x = tensor([
  [1, 2, 3],
  [4, 5, 6],
]);

describe('reshape', () => {
  it('keeps the elements in their order, row by row', () => {
    expect(reshape(x, [3, 2]).toArray()).to.deep.equal([
      [1, 2],
      [3, 4],
      [5, 6],
    ]);
    expect(reshape(transpose(x), [6]).toArray()).to.deep.equal([1, 4, 2, 5, 3, 6]);
    expect(reshape(tensor([7]), []).item()).to.equal(7);
  });

  it('computes one size', () => {
    expect(reshape(x, [-1]).shape).to.deep.equal([6]);
    expect(reshape(x, [2, -1, 1]).shape).to.deep.equal([2, 3, 1]);
    expect(reshape(zeros([0, 2]), [3, -1]).shape).to.deep.equal([3, 0]);
  });

  it('copies only where strides cannot express the shape', () => {
    expect(reshape(x, [3, 2]).data).to.equal(x.data);
    expect(reshape(transpose(x), [6]).data).not.to.equal(x.data);
  });

  it('of any layout has the elements of toArray', () => {
    const anyView = shapes().chain((shape) => views(shape));
    fc.assert(
      fc.property(anyView, (view) => {
        const flat = indicesOf(view.shape).map((index) => view.at(...index));
        expect(reshape(view, [-1]).toArray()).to.deep.equal(flat);
      }),
    );
  });

  const wrong: readonly [Shape, string][] = [
    [[4], '[4] has 4.'],
    [[-1, 4], '[-1, 4] has a multiple of 4.'],
    [[-1, -1], 'Only one size can be -1.'],
    [[-2, -3], 'Axis 0 is -2; sizes are whole numbers, and one may be -1.'],
    [[1.5, 4], 'Axis 0 is 1.5; sizes are whole numbers, and one may be -1.'],
    [[0, -1], 'Any size would do in place of -1; name one.'],
  ];
  for (const [to, hint] of wrong) {
    it(`refuses [${to.join(', ')}]`, () => {
      const [size, from] = to[0] === 0 ? [0, zeros([0, 3])] : [6, x];
      expect(() => reshape(from, to))
        .to.throw(ShapeError)
        .with.property(
          'message',
          `reshape: expected a shape of ${size} elements, as x [${from.shape.join(', ')}] has; ` +
            `received [${to.join(', ')}]. ${hint}`,
        );
    });
  }
});

describe('transpose', () => {
  it('reverses all axes by default', () => {
    expect(transpose(x).toArray()).to.deep.equal([
      [1, 4],
      [2, 5],
      [3, 6],
    ]);
    expect(transpose(zeros([2, 3, 4])).shape).to.deep.equal([4, 3, 2]);
  });

  it('takes axis i of the result from axis permutation[i], without a copy', () => {
    const channelsFirst = reshape(tensor([1, 2, 3, 4, 5, 6]), [1, 2, 1, 3]);
    const channelsLast = transpose(channelsFirst, [0, 2, 3, 1]);
    expect(channelsLast.toArray()).to.deep.equal([
      [
        [
          [1, 4],
          [2, 5],
          [3, 6],
        ],
      ],
    ]);
    expect(channelsLast.data).to.equal(channelsFirst.data);
    expect(transpose(zeros([2, 3, 4]), [0, -1, 1]).shape).to.deep.equal([2, 4, 3]);
  });

  const wrong: readonly [Shape, string][] = [
    [[0], 'transpose: expected a permutation of 2 axes; received [0].'],
    [
      [0, 0],
      'transpose: expected different axes from -2 to 1; received [0, 0]. Axis 0 is named twice.',
    ],
    [
      [0, 2],
      'transpose: expected different axes from -2 to 1; received [0, 2]. ' +
        'A tensor of rank 2 has no axis 2.',
    ],
  ];
  for (const [permutation, message] of wrong) {
    it(`refuses [${permutation.join(', ')}] for two axes`, () => {
      expect(() => transpose(x, permutation))
        .to.throw(ShapeError)
        .with.property('message', message);
    });
  }
});
