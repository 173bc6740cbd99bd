import { fill, full, type Shape, type Tensor } from '@gradus/tensor';
import { expectClose } from '@gradus/tensor/testing';
import { expect } from 'chai';
import fc from 'fast-check';
import {
  loops,
  poolGeometry,
  poolOutputShape,
  type Backend,
  type PoolOptions,
} from '../../../src/index';
import { SimdEngine } from '../../../src/simd/engine';
import { regionsOf } from '../../../src/simd/pooling/regions';
import { poolGeometryOf, poolings } from '../../../testing/index';

const engine = new SimdEngine();

/** Multiples of 1/64 in no order, few enough to tie now and then. */
function numbers(shape: Shape, factor: number): Tensor<'float32'> {
  return fill(shape, (i) => ((i * factor) % 257) / 64 - 2);
}

/** What an engine makes of one pooling: every kernel. */
function poolAll(
  backend: Backend,
  x: Shape,
  options: PoolOptions,
): Readonly<Record<string, Tensor>> {
  const geometry = poolGeometry('pool', x, options);
  const pooled = poolOutputShape(geometry);
  const [image, values, dy] = [numbers(x, 7919), numbers(x, 104729), numbers(pooled, 1299709)];
  const into = (shape: Shape, compute: (out: Tensor) => void): Tensor => {
    const out = full(shape, NaN);
    compute(out);
    return out;
  };
  return {
    maxPool2d: into(pooled, (out) => backend.maxPool2d(image, geometry, out)),
    takeAtMaxima: into(pooled, (out) => backend.takeAtMaxima(values, image, geometry, out)),
    maxPool2dInputGradient: into(x, (out) =>
      backend.maxPool2dInputGradient(dy, image, geometry, out),
    ),
    averagePool2d: into(pooled, (out) => backend.averagePool2d(image, geometry, out)),
    averagePool2dInputGradient: into(x, (out) =>
      backend.averagePool2dInputGradient(dy, geometry, out),
    ),
  };
}

function expectAsInLoops(x: Shape, options: PoolOptions): void {
  const [found, expected] = [poolAll(engine, x, options), poolAll(loops, x, options)];
  for (const [kernel, result] of Object.entries(expected)) {
    try {
      expectClose(found[kernel]!, result, { relative: 1e-6 });
    } catch (error) {
      throw new Error(`${kernel} of [${x.join(', ')}], ${JSON.stringify(options)}`, {
        cause: error,
      });
    }
  }
}

describe('simd pools', () => {
  it('any number of channels', () => {
    for (let channels = 1; channels <= 35; channels++) {
      expectAsInLoops([2, 5, 4, channels], { poolSize: 2 });
      expectAsInLoops([1, 3, 4, channels], { poolSize: 3, strides: 1, padding: 'same' });
      expectAsInLoops([1, 5, 4, channels], { poolSize: [5, 4] });
    }
  });

  it('windows of any size, whether kernels are made for it or not', () => {
    for (let height = 1; height <= 5; height++) {
      for (let width = 1; width <= 5; width++) {
        const poolSize = [height, width] as const;
        for (const strides of [poolSize, 1, 2, 6] as const) {
          expectAsInLoops([2, 7, 9, 5], { poolSize, strides });
          expectAsInLoops([2, 7, 9, 5], { poolSize, strides, padding: 'same' });
        }
      }
    }
  });

  it('windows larger than the image', () => {
    for (const strides of [1, 2, 9]) {
      expectAsInLoops([2, 3, 2, 6], { poolSize: 9, strides, padding: 'same' });
      expectAsInLoops([2, 3, 2, 6], { poolSize: 9, strides, padding: 8 });
    }
  });

  it('large windows without losing digits', () => {
    const x = fill([1, 256, 256, 1], (i) => 1 + ((i * 7919) % 64) / 2 ** 20);
    const geometry = poolGeometry('pool', x.shape, { poolSize: 256 });
    const [found, expected] = [full([1, 1, 1, 1], NaN), full([1, 1, 1, 1], NaN)];
    engine.averagePool2d(x, geometry, found);
    loops.averagePool2d(x, geometry, expected);
    expectClose(found, expected, { relative: 1e-6 });
  });
});

describe('The regions of a pooling', () => {
  it('are one where no window is cut', () => {
    const geometry = poolGeometry('pool', [1, 7, 9, 1], { poolSize: [2, 3], strides: 2 });
    expect(regionsOf(geometry)).to.deep.equal([
      {
        row: 0,
        column: 0,
        rows: 3,
        columns: 4,
        taps: { height: 2, width: 3 },
        pixel: { row: 0, column: 0 },
      },
    ]);
  });

  it('are the inside, the edges and the corners where the border cuts windows', () => {
    const geometry = poolGeometry('pool', [1, 9, 9, 1], { poolSize: 3, strides: 1, padding: 1 });
    const sizes = regionsOf(geometry).map(({ rows, columns, taps }) => [
      [rows, columns],
      [taps.height, taps.width],
    ]);
    expect(sizes).to.deep.equal(
      [1, 7, 1].flatMap((rows) =>
        [1, 7, 1].map((columns) => [
          [rows, columns],
          [rows === 1 ? 2 : 3, columns === 1 ? 2 : 3],
        ]),
      ),
    );
  });

  it('cover the result, each place once', () => {
    fc.assert(
      fc.property(poolings(), (pooling) => {
        const geometry = poolGeometryOf(pooling);
        const { height, width } = geometry.output;
        const covered = new Array<number>(height * width).fill(0);
        for (const { row, column, rows, columns } of regionsOf(geometry)) {
          for (let h = row; h < row + rows; h++) {
            for (let w = column; w < column + columns; w++) covered[h * width + w]! += 1;
          }
        }
        expect(covered.every((times) => times === 1)).to.be.true;
      }),
    );
  });
});
