import { matMul, transpose } from '@gradus/autodiff';
import { eye, Random, ShapeError, tensor, type Tensor } from '@gradus/tensor';
import { expectClose } from '@gradus/tensor/testing';
import { expect } from 'chai';
import fc from 'fast-check';
import { initializers } from '../../src/index';
import { drawn } from './moments';

/** The weight as a matrix: its last axis are the columns. */
function matrix(shape: readonly number[], options = {}, seed = 1): Tensor {
  const columns = shape.at(-1)!;
  const values = Float64Array.from(drawn(initializers.orthogonal(options), shape, seed));
  return tensor(values, [values.length / columns, columns]);
}

const size = fc.integer({ min: 1, max: 6 });
const seeds = fc.nat();

describe('orthogonal', () => {
  it('has orthonormal columns, or rows if there are fewer of them, of any length gain', () => {
    const gains = fc.constantFrom(1, 0.5, Math.SQRT2);
    fc.assert(
      fc.property(
        fc.array(size, { minLength: 2, maxLength: 4 }),
        seeds,
        gains,
        (shape, seed, gain) => {
          const q = matrix(shape, { gain }, seed);
          const [rows, columns] = [q.shape[0]!, q.shape[1]!];
          const gram = rows >= columns ? matMul(transpose(q), q) : matMul(q, transpose(q));
          const expected = eye(Math.min(rows, columns), 'float64');
          const scaled = tensor(
            gram.toTypedArray().map((v) => v / gain ** 2),
            gram.shape,
          );
          expectClose(scaled, expected, { relative: 1e-13 });
        },
      ),
      { numRuns: 50 },
    );
  });

  it('is Q of the numbers drawn, with the diagonal of R positive, as in Keras', () => {
    for (const shape of [
      [4, 3],
      [3, 4],
    ]) {
      const random = new Random(1);
      const [length, count] = [4, 3];
      const columns = Array.from({ length: count }, () =>
        Array.from({ length }, () => random.normal()),
      );
      const q = shape[0] === 4 ? transpose(matrix(shape)) : matrix(shape);
      const r = matMul(q, transpose(tensor(Float64Array.from(columns.flat()), [count, length])));
      for (let i = 0; i < count; i++) {
        expect(r.at(i, i)).to.be.above(0);
        for (let j = 0; j < i; j++) expect(r.at(i, j)).to.be.closeTo(0, 1e-14);
      }
    }
  });

  it('has both signs everywhere, a one-by-one matrix too', () => {
    const signs = Array.from(
      { length: 40 },
      (_, seed) => drawn(initializers.orthogonal(), [1, 1], seed)[0],
    );
    expect(new Set(signs)).to.deep.equal(new Set([1, -1]));
  });

  it('stays orthogonal when there are many columns', () => {
    const q = matrix([120, 120]);
    expectClose(matMul(transpose(q), q), eye(120, 'float64'), { relative: 1e-13 });
  });

  it('stays orthogonal when the numbers drawn are nearly parallel', () => {
    // Columns that differ in the ninth digit: one pass leaves them 1e-8 from a right angle.
    const rows = [1, 1e-9, 0, 0, 1, 0, 1e-9, 0, 1, 0, 0, 1e-9];
    class Scripted extends Random {
      override normal(): number {
        return rows.shift()!;
      }
    }
    const q = initializers.orthogonal().create([4, 3], new Scripted(0), 'float64');
    expectClose(matMul(transpose(q), q), eye(3, 'float64'), { relative: 1e-14 });
  });

  it('refuses a vector', () => {
    expect(() => drawn(initializers.orthogonal(), [3]))
      .to.throw(ShapeError)
      .with.property(
        'message',
        'orthogonal: expected a weight of at least two axes; received [3].',
      );
  });
});
