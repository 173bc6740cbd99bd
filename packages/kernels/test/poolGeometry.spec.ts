import { OptionError, ShapeError, type Shape } from '@gradus/tensor';
import { expect } from 'chai';
import { poolGeometry, poolOutputShape, type PoolOptions } from '../src/index';

const image = [2, 5, 6, 3];

describe('poolGeometry', () => {
  it('puts windows side by side if no strides are given', () => {
    expect(poolGeometry('op', image, { poolSize: [2, 3] })).to.deep.equal({
      batch: 2,
      channels: 3,
      input: { height: 5, width: 6 },
      pool: { height: 2, width: 3 },
      output: { height: 2, width: 2 },
      strides: { vertical: 2, horizontal: 3 },
      padding: { top: 0, bottom: 0, left: 0, right: 0 },
    });
  });

  const sizes: readonly [options: PoolOptions, height: number, width: number][] = [
    [{ poolSize: 2 }, 2, 3],
    [{ poolSize: 2, strides: 1 }, 4, 5],
    [{ poolSize: 3, strides: [2, 3] }, 2, 2],
    [{ poolSize: 1, strides: 4 }, 2, 2],
    [{ poolSize: 2, padding: 'same' }, 3, 3],
    [{ poolSize: 7, strides: 1, padding: 'same' }, 5, 6],
    [{ poolSize: 3, padding: 1 }, 2, 2],
    [
      {
        poolSize: [2, 3],
        strides: 1,
        padding: [
          [1, 0],
          [2, 2],
        ],
      },
      5,
      8,
    ],
  ];
  for (const [options, height, width] of sizes) {
    it(`gives ${height}x${width} of 5x6 for ${JSON.stringify(options)}`, () => {
      const geometry = poolGeometry('op', image, options);
      expect(poolOutputShape(geometry)).to.deep.equal([2, height, width, 3]);
    });
  }

  it("puts the odd pixel of 'same' at the bottom and right", () => {
    const { padding } = poolGeometry('op', image, { poolSize: 4, padding: 'same' });
    // 2 windows of 4 for 5 rows and 6 columns: 3 and 2 pixels too many.
    expect(padding).to.deep.equal({ top: 1, bottom: 2, left: 1, right: 1 });
  });

  it('takes batches without images, and images without pixels where there is nothing to pool', () => {
    const shape = (x: Shape, options: PoolOptions): number[] =>
      poolOutputShape(poolGeometry('op', x, options));
    expect(shape([0, 4, 4, 2], { poolSize: 2 })).to.deep.equal([0, 2, 2, 2]);
    expect(shape([1, 4, 4, 0], { poolSize: 2 })).to.deep.equal([1, 2, 2, 0]);
    expect(shape([1, 0, 4, 2], { poolSize: 2, padding: 'same' })).to.deep.equal([1, 0, 2, 2]);
  });

  const wrongShapes: readonly [x: Shape, options: PoolOptions, message: string][] = [
    [
      [5, 6],
      { poolSize: 2 },
      'op: expected x [batch, height, width, channels]; received [5, 6]. x has 2 axes, not 4.',
    ],
    [
      image,
      { poolSize: [5, 7] },
      'op: expected a padded image of at least 5x7 pixels; received 5x6, from x [2, 5, 6, 3]. ' +
        "The pool is 5x7. Use padding 'same', or a larger image.",
    ],
    [
      [1, 0, 6, 3],
      { poolSize: 2 },
      'op: expected a padded image of at least 2x2 pixels; received 0x6, from x [1, 0, 6, 3]. ' +
        "The pool is 2x2. Use padding 'same', or a larger image.",
    ],
    [
      [1, 6, 0, 3],
      { poolSize: 2, padding: 1 },
      'op: expected images of at least 1x1 pixels; received [1, 6, 0, 3].',
    ],
  ];
  for (const [x, options, message] of wrongShapes) {
    it(`refuses x [${x.join(', ')}] with ${JSON.stringify(options)}`, () => {
      expect(() => poolGeometry('op', x, options))
        .to.throw(ShapeError)
        .with.property('message', message);
    });
  }

  const counted = (option: string, received: string): string =>
    `op: expected ${option} to be a whole number of at least 1; received ${received}.`;
  const smaller = (received: string): string =>
    `op: expected padding smaller than the pool, which is 2x3; received ${received}.`;
  /** As a configuration or a JavaScript program might give them. */
  const wrongOptions: readonly [options: string, message: string][] = [
    ['{}', counted('poolSize', 'undefined')],
    ['{ "poolSize": 0 }', counted('poolSize', '0')],
    ['{ "poolSize": [2, 1.5] }', counted('poolSize', '1.5')],
    ['{ "poolSize": [2] }', counted('poolSize', '[2]')],
    ['{ "poolSize": 2, "strides": [1, 0] }', counted('strides', '0')],
    [
      '{ "poolSize": 2, "padding": "full" }',
      "op: expected padding 'same', 'valid', a whole number of at least 0, or " +
        '[[top, bottom], [left, right]]; received "full".',
    ],
    ['{ "poolSize": [2, 3], "padding": 2 }', smaller('[[2,2],[2,2]]')],
    ['{ "poolSize": [2, 3], "padding": [[0, 2], [0, 0]] }', smaller('[[0,2],[0,0]]')],
    ['{ "poolSize": [2, 3], "padding": [[1, 1], [3, 0]] }', smaller('[[1,1],[3,0]]')],
  ];
  for (const [options, message] of wrongOptions) {
    it(`refuses the options ${options}`, () => {
      expect(() => poolGeometry('op', image, JSON.parse(options) as PoolOptions))
        .to.throw(OptionError)
        .with.property('message', message);
    });
  }
});
