import { DTypeError, OptionError, ShapeError, tensor, zeros, type Tensor } from '@gradus/tensor';
import { expect } from 'chai';
import { gather, grad, mul, recording, scatter, sum, type Indices } from '../../../src/index';

const x = tensor([
  [1, 2, 3],
  [4, 5, 6],
]);

describe('gather', () => {
  it('takes entries along an axis, in the order of the indices', () => {
    expect(gather(x, [1, 0, 1]).toArray()).to.deep.equal([
      [4, 5, 6],
      [1, 2, 3],
      [4, 5, 6],
    ]);
    expect(gather(x, tensor(Uint8Array.of(2)), { axis: -1 }).toArray()).to.deep.equal([[3], [6]]);
    expect(gather(x, []).shape).to.deep.equal([0, 3]);
  });

  it('has the axes of the indices in place of that axis', () => {
    const square = tensor(Int32Array.of(0, 1, 2, 0), [2, 2]);
    expect(gather(x, square, { axis: 1 }).toArray()).to.deep.equal([
      [
        [1, 2],
        [3, 1],
      ],
      [
        [4, 5],
        [6, 4],
      ],
    ]);
    expect(gather(x, 1, { axis: 1 }).toArray()).to.deep.equal([2, 5]);
    const bytes = gather(tensor(Uint8Array.of(7, 8)), [1]);
    expect([bytes.dtype, bytes.toArray()]).to.deep.equal(['uint8', [8]]);
  });

  it('adds up the gradients of an entry that is taken more than once', () => {
    const weights = tensor([10, 20, 30]);
    const f = (at: Tensor) => sum(mul(gather(at, [1, 0, 1]), weights));
    expect(grad(f)(tensor([5, 6, 7]))[0].toArray()).to.deep.equal([20, 40, 0]);
    expect(String(recording([x], () => gather(x, [0])).tape)).to.contain('%1 = gather(%0)');
  });

  const wrong: readonly [indices: unknown, error: new (...args: never[]) => Error, string][] = [
    [[0, 2], OptionError, 'indices from 0 to 1; received 2 at 1.'],
    [[-1], OptionError, 'indices from 0 to 1; received -1 at 0.'],
    [9, OptionError, 'indices from 0 to 1; received 9.'],
    [
      tensor(Int32Array.of(0, 1, 1, 7), [2, 2]),
      OptionError,
      'indices from 0 to 1; received 7 at [1, 1].',
    ],
    [[0.5], OptionError, 'indices that are whole numbers; received [0.5].'],
    [[2 ** 32], OptionError, 'indices that are whole numbers; received [4294967296].'],
    [NaN, OptionError, 'indices that are whole numbers; received NaN.'],
    ['ab', OptionError, "indices that are whole numbers; received 'ab'."],
    [null, OptionError, 'indices that are whole numbers; received null.'],
    [
      zeros([1]),
      DTypeError,
      "int32 or uint8 indices; received float32. Convert them: cast(indices, 'int32').",
    ],
  ];
  for (const [indices, error, message] of wrong) {
    it(`says what is wrong with indices: ${message}`, () => {
      expect(() => gather(x, indices as Indices))
        .to.throw(error)
        .with.property('message', `gather: expected ${message}`);
    });
  }

  it('says what is wrong with x and the axis', () => {
    expect(() => gather(zeros([0, 3]), [0])).to.throw(
      'gather: expected no indices, as there is nothing to name; received 0 at 0.',
    );
    expect(() => gather(x, [0], { axis: 2 })).to.throw(ShapeError);
    expect(() => gather(3, [0])).to.throw(ShapeError);
    // @ts-expect-error: an axis is a number.
    expect(() => gather(x, [0], { axis: 'x' })).to.throw(
      OptionError,
      "gather: expected a number as axis; received 'x'.",
    );
    // @ts-expect-error: options are an object.
    expect(() => gather(x, [0], null)).to.throw(OptionError);
  });
});

describe('scatter', () => {
  it('puts entries at their indices, adds up those of one index, and leaves zeros between', () => {
    expect(scatter(x, [3, 0], { size: 4 }).toArray()).to.deep.equal([
      [4, 5, 6],
      [0, 0, 0],
      [0, 0, 0],
      [1, 2, 3],
    ]);
    expect(scatter(x, [1, 1, 0], { size: 2, axis: 1 }).toArray()).to.deep.equal([
      [3, 1 + 2],
      [6, 4 + 5],
    ]);
    expect(scatter(x, 1, { size: 2, axis: -1 }).toArray()).to.deep.equal([
      [
        [0, 1],
        [0, 2],
        [0, 3],
      ],
      [
        [0, 4],
        [0, 5],
        [0, 6],
      ],
    ]);
    const square = tensor(Int32Array.of(0, 1, 2, 0), [2, 2]);
    const pairs = tensor(Float32Array.of(1, 2, 3, 4), [1, 2, 2]);
    expect(scatter(pairs, square, { size: 3, axis: 1 }).toArray()).to.deep.equal([[1 + 4, 2, 3]]);
    expect(scatter(zeros([0, 2]), [], { size: 1 }).toArray()).to.deep.equal([[0, 0]]);
  });

  it('counts: ones at labels', () => {
    const labels = tensor(Int32Array.of(2, 0, 2, 2));
    const counts = scatter(tensor(Int32Array.of(1, 1, 1, 1)), labels, { size: 3 });
    expect([counts.dtype, counts.toArray()]).to.deep.equal(['int32', [1, 0, 3]]);
  });

  it('says what does not fit', () => {
    expect(() => scatter(x, [0, 1, 2], { size: 3 }))
      .to.throw(ShapeError)
      .with.property(
        'message',
        'scatter: expected updates with the axes [3] of the indices at axis 0; ' +
          'received updates [2, 3].',
      );
    expect(() => scatter(1, [0], { size: 3 }))
      .to.throw(ShapeError)
      .with.property(
        'message',
        'scatter: expected updates with the axes [1] of the indices at axis 0; ' +
          'received updates [].',
      );
    expect(() => scatter(x, [0, 3], { size: 3 })).to.throw(
      'scatter: expected indices from 0 to 2; received 3 at 1.',
    );
    for (const size of [-1, 1.5, NaN, '3', undefined]) {
      expect(() => scatter(x, [0, 1], { size: size as number })).to.throw(
        OptionError,
        'scatter: expected size to be a whole number of at least 0; received',
      );
    }
    expect(() => scatter(x, [0, 1], { size: 1e12 })).to.throw(
      'scatter: expected a result of less than 2^31 elements',
    );
  });
});
