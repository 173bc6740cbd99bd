import { expect } from 'chai';
import { mobilenetV1 } from '../../src/index';
import { rowsOf, weightedRowsOf } from '../rows';

describe('mobilenetV1', () => {
  const norm = (channels: number) => 4 * channels;
  const separable = (from: number, to: number) => 9 * from + norm(from) + from * to + norm(to);

  it('has the layers of table 1', () => {
    expect(weightedRowsOf(mobilenetV1.describe())).to.deep.equal([
      ['conv1', [112, 112, 32], 864],
      ['conv1Norm', [112, 112, 32], norm(32)],
      ['separable1', [112, 112, 64], separable(32, 64)],
      ['separable2', [56, 56, 128], separable(64, 128)],
      ['separable3', [56, 56, 128], separable(128, 128)],
      ['separable4', [28, 28, 256], separable(128, 256)],
      ['separable5', [28, 28, 256], separable(256, 256)],
      ['separable6', [14, 14, 512], separable(256, 512)],
      ['separable7', [14, 14, 512], separable(512, 512)],
      ['separable8', [14, 14, 512], separable(512, 512)],
      ['separable9', [14, 14, 512], separable(512, 512)],
      ['separable10', [14, 14, 512], separable(512, 512)],
      ['separable11', [14, 14, 512], separable(512, 512)],
      ['separable12', [7, 7, 1024], separable(512, 1024)],
      ['separable13', [7, 7, 1024], separable(1024, 1024)],
      ['dense', [1000], 1025000],
    ]);
  });

  it('rectifies up to 6 behind both convolutions of a block', () => {
    const rows = rowsOf(mobilenetV1.describe(), { expandNested: true });
    const first = rows.findIndex(([name]) => name === 'separable2');
    expect(rows.slice(first + 1, first + 7)).to.deep.equal([
      ['depthwise', [56, 56, 64], 9 * 64],
      ['depthwiseNorm', [56, 56, 64], norm(64)],
      ['activation', [56, 56, 64], 0],
      ['pointwise', [56, 56, 128], 64 * 128],
      ['pointwiseNorm', [56, 56, 128], norm(128)],
      ['activation', [56, 56, 128], 0],
    ]);
  });
});
