import {
  formatShape,
  ShapeError,
  sizeOf,
  tensor,
  typedArrayFrom,
  type Random,
  type Shape,
} from '@gradus/tensor';
import type { Initializer } from './initializer';

/** Options of `orthogonal`. */
export interface OrthogonalOptions {
  /** Multiplies the orthogonal matrix. Default 1. */
  readonly gain?: number;
}

/**
 * A random orthogonal matrix, times `gain`: all axes but the last are rows, the last one is columns.
 * If there are more columns than rows, the rows are orthonormal, else the columns. It is Q of the QR
 * decomposition of a normally distributed matrix, with the diagonal of R positive, so that no
 * orthogonal matrix is likelier than another: F. Mezzadri, Notices of the AMS 54(5), 2007. For deep
 * linear networks: A. M. Saxe, J. L. McClelland, S. Ganguli, ICLR 2014, arXiv:1312.6120.
 * @throws ShapeError, when a weight is made, if it has fewer than two axes.
 */
export function orthogonal({ gain = 1 }: OrthogonalOptions = {}): Initializer {
  return {
    kind: 'orthogonal',
    config: { gain },
    create(shape, random, dtype) {
      checkRank(shape);
      const columns = shape.at(-1)!;
      const rows = sizeOf(shape.slice(0, -1));
      const [length, count] = rows >= columns ? [rows, columns] : [columns, rows];
      const vectors = orthonormalVectors(count, length, random);
      const values = Float64Array.from({ length: rows * columns }, (_, i) => {
        const [row, column] = [Math.floor(i / columns), i % columns];
        return gain * (rows >= columns ? vectors[column]![row]! : vectors[row]![column]!);
      });
      return tensor(typedArrayFrom(dtype, values), shape);
    },
  };
}

function checkRank(shape: Shape): void {
  if (shape.length >= 2) return;
  throw new ShapeError({
    op: 'orthogonal',
    expected: 'a weight of at least two axes',
    received: formatShape(shape),
  });
}

/**
 * Normally distributed vectors, made orthonormal one after the other (Gram and Schmidt): each is
 * what is left of it beside those before it, so R has a positive diagonal. What rounding leaves of
 * the others after one pass, a second one removes: L. Giraud, J. Langou, M. Rozloznik, Computers and
 * Mathematics with Applications 50, 2005.
 */
function orthonormalVectors(count: number, length: number, random: Random): Float64Array[] {
  const basis: Float64Array[] = [];
  for (let i = 0; i < count; i++) {
    const vector = Float64Array.from({ length }, () => random.normal());
    for (const other of [...basis, ...basis]) {
      const overlap = dot(vector, other);
      for (let k = 0; k < length; k++) vector[k] = vector[k]! - overlap * other[k]!;
    }
    const norm = Math.sqrt(dot(vector, vector));
    basis.push(vector.map((value) => value / norm));
  }
  return basis;
}

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((total, value, i) => total + value * b[i]!, 0);
}
