import { ArgumentError, ShapeError, tensor } from '@gradus/tensor';
import { tensors } from '@gradus/tensor/testing';
import { expect } from 'chai';
import fc from 'fast-check';
import { embed, mul, slice, sum, type SliceOptions } from '../../../src/index';

const x = tensor([
  [1, 2, 3],
  [4, 5, 6],
]);

describe('slice', () => {
  const boxes: readonly [string, SliceOptions, unknown][] = [
    [
      'a block',
      { begin: [0, 1], size: [2, 2] },
      [
        [2, 3],
        [5, 6],
      ],
    ],
    ['from the end', { begin: [-1, -2], size: [1, 2] }, [[5, 6]]],
    [
      'every second element',
      { begin: [0, 0], size: [2, 2], step: [1, 2] },
      [
        [1, 3],
        [4, 6],
      ],
    ],
    [
      'backwards',
      { begin: [-1, -1], size: [2, 3], step: [-1, -1] },
      [
        [6, 5, 4],
        [3, 2, 1],
      ],
    ],
    ['nothing', { begin: [0, 0], size: [0, 2] }, []],
  ];
  for (const [what, box, expected] of boxes) {
    it(`takes ${what}, without a copy`, () => {
      expect(slice(x, box).toArray()).to.deep.equal(expected);
      expect(slice(x, box).data).to.equal(x.data);
    });
  }

  const outside: readonly [string, SliceOptions, string][] = [
    [
      'too many',
      { begin: [0, 0], size: [3, 1] },
      'Along axis 0 this leaves the 2 elements there are.',
    ],
    [
      'too far',
      { begin: [0, 3], size: [1, 1] },
      'Along axis 1 this leaves the 3 elements there are.',
    ],
    [
      'too far with a step',
      { begin: [0, 0], size: [2, 3], step: [1, 2] },
      'Along axis 1 this leaves the 3 elements there are.',
    ],
    [
      'too far back',
      { begin: [-3, 0], size: [1, 1] },
      'Along axis 0 this leaves the 2 elements there are.',
    ],
    [
      'too many backwards',
      { begin: [0, -1], size: [1, 4], step: [1, -1] },
      'Along axis 1 this leaves the 3 elements there are.',
    ],
    ['a fewer than none', { begin: [0, 0], size: [-1, 1] }, 'Along axis 0 the size is negative.'],
    ['no step', { begin: [0, 0], size: [1, 1], step: [1, 0] }, 'Along axis 1 the step is 0.'],
    ['a fraction', { begin: [0.5, 0], size: [1, 1] }, 'Along axis 0 a number is not whole.'],
    ['not-a-number', { begin: [0, NaN], size: [1, 1] }, 'Along axis 1 a number is not whole.'],
    ['too few axes', { begin: [0], size: [1] }, 'Each needs 2 numbers.'],
    ['too many axes', { begin: [0, 0, 0], size: [1, 1, 1] }, 'Each needs 2 numbers.'],
  ];
  for (const [what, { begin, size, step }, hint] of outside) {
    it(`refuses ${what}`, () => {
      const list = (numbers: readonly number[]): string => `[${numbers.join(', ')}]`;
      expect(() => slice(x, { begin, size, ...(step && { step }) }))
        .to.throw(ShapeError)
        .with.property(
          'message',
          'slice: expected begin, size and step within [2, 3]; ' +
            `received begin ${list(begin)}, size ${list(size)}, step ${list(step ?? [1, 1])}. ${hint}`,
        );
    });
  }
});

describe('embed', () => {
  it('sets x into zeros', () => {
    const box = { shape: [2, 4], begin: [-1, 1], size: [1, 2], step: [1, 2] };
    expect(embed(tensor([[7, 8]]), box).toArray()).to.deep.equal([
      [0, 0, 0, 0],
      [0, 7, 0, 8],
    ]);
  });

  it('is the adjoint of slice: <slice(x), y> = <x, embed(y)>', () => {
    const box = { begin: [3, 0], size: [2, 3], step: [-2, 2] };
    const inside = tensors([2, 3], { dtype: 'float64' });
    fc.assert(
      fc.property(tensors([4, 5], { dtype: 'float64' }), inside, (whole, part) => {
        const embedded = embed(part, { ...box, shape: [4, 5] });
        expect(sum(mul(slice(whole, box), part)).item()).to.equal(sum(mul(whole, embedded)).item());
      }),
    );
  });

  const wrong: readonly [string, () => unknown, string][] = [
    [
      'an x of another size',
      () => embed(x, { shape: [4, 4], begin: [0, 0], size: [2, 2] }),
      "embed: expected x of the box's size [2, 2]; received [2, 3].",
    ],
    [
      'a box that is not inside',
      () => embed(x, { shape: [2, 2], begin: [0, 0], size: [2, 3] }),
      'embed: expected begin, size and step within [2, 2]; received begin [0, 0], size [2, 3], ' +
        'step [1, 1]. Along axis 1 this leaves the 2 elements there are.',
    ],
    [
      'a shape beyond all memory',
      () => embed(x, { shape: [1e8, 1e7], begin: [0, 0], size: [2, 3] }),
      'embed: expected a result of less than 2^31 elements; ' +
        'received options that make it [100000000, 10000000].',
    ],
    [
      'a shape that cannot be',
      () => embed(x, { shape: [2.5, 3], begin: [0, 0], size: [2, 3] }),
      'embed: expected a shape of whole numbers, none negative; received [2.5, 3]. Axis 0 is 2.5.',
    ],
  ];
  for (const [what, call, message] of wrong) {
    it(`refuses ${what}`, () => {
      expect(call).to.throw(ArgumentError).with.property('message', message);
    });
  }
});
