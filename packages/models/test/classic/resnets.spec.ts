import { expect } from 'chai';
import { resnet18, resnet50 } from '../../src/index';
import { rowsOf, weightedRowsOf } from '../rows';

/** Weights of batch normalisation: gamma, beta, and two moving averages. */
const norm = (channels: number) => 4 * channels;

describe('resnet18', () => {
  const basic = (from: number, to: number) => {
    const projection = from === to ? 0 : from * to + norm(to);
    return 9 * from * to + norm(to) + 9 * to * to + norm(to) + projection;
  };

  it('has the stages of table 1, convolutions without bias', () => {
    expect(weightedRowsOf(resnet18.describe())).to.deep.equal([
      ['conv1', [112, 112, 64], 9408],
      ['conv1Norm', [112, 112, 64], norm(64)],
      ['conv2_1', [56, 56, 64], basic(64, 64)],
      ['conv2_2', [56, 56, 64], basic(64, 64)],
      ['conv3_1', [28, 28, 128], basic(64, 128)],
      ['conv3_2', [28, 28, 128], basic(128, 128)],
      ['conv4_1', [14, 14, 256], basic(128, 256)],
      ['conv4_2', [14, 14, 256], basic(256, 256)],
      ['conv5_1', [7, 7, 512], basic(256, 512)],
      ['conv5_2', [7, 7, 512], basic(512, 512)],
      ['dense', [1000], 513000],
    ]);
  });

  it('has borders as wide on all sides: the middle of the window lies on every second pixel', () => {
    const { layer } = resnet18.describe();
    const members = layer.members!([224, 224, 3]);
    const paddings = members.flatMap(({ layer: { config } }) =>
      'padding' in config ? [config.padding] : [],
    );
    expect(paddings).to.deep.equal([3, 1]);
  });

  it('shows the layers within blocks on demand', () => {
    const rows = rowsOf(resnet18.describe(), { expandNested: true });
    const first = rows.findIndex(([name]) => name === 'conv3_1');
    expect(rows.slice(first, first + 10)).to.deep.equal([
      ['conv3_1', [28, 28, 128], basic(64, 128)],
      ['shortcut', [28, 28, 128], 64 * 128],
      ['shortcutNorm', [28, 28, 128], norm(128)],
      ['conv1', [28, 28, 128], 9 * 64 * 128],
      ['conv1Norm', [28, 28, 128], norm(128)],
      ['relu', [28, 28, 128], 0],
      ['conv2', [28, 28, 128], 9 * 128 * 128],
      ['conv2Norm', [28, 28, 128], norm(128)],
      ['add', [28, 28, 128], 0],
      ['relu', [28, 28, 128], 0],
    ]);
  });
});

describe('resnet50', () => {
  const convolution = (size: number, from: number, to: number) =>
    size * size * from * to + to + norm(to);
  const bottleneck = (from: number, filters: number) => {
    const wide = 4 * filters;
    const narrow = convolution(1, from, filters) + convolution(3, filters, filters);
    return narrow + convolution(1, filters, wide);
  };
  const projecting = (from: number, filters: number) =>
    bottleneck(from, filters) + convolution(1, from, 4 * filters);

  it('has the stages of table 1, in the form of Keras', () => {
    // Of conv2_block1 in Keras's summary: 4,160 + 256 + 36,928 + 256 + 2 (16,640 + 1,024).
    expect(projecting(64, 64)).to.equal(76928);
    const stage = (n: number, size: number, filters: number, blocks: number, from: number) =>
      Array.from({ length: blocks }, (_, i) => [
        `conv${n}_${i + 1}`,
        [size, size, 4 * filters],
        i === 0 ? projecting(from, filters) : bottleneck(4 * filters, filters),
      ]);
    expect(weightedRowsOf(resnet50.describe())).to.deep.equal([
      ['conv1', [112, 112, 64], 9472],
      ['conv1Norm', [112, 112, 64], 256],
      ...stage(2, 56, 64, 3, 64),
      ...stage(3, 28, 128, 4, 256),
      ...stage(4, 14, 256, 6, 512),
      ...stage(5, 7, 512, 3, 1024),
      ['dense', [1000], 2049000],
    ]);
  });

  it('halves in the first convolution of a block', () => {
    const rows = rowsOf(resnet50.describe(), { expandNested: true });
    const first = rows.findIndex(([name]) => name === 'conv3_1');
    const shapes = rows
      .slice(first + 1, first + 11)
      .map(([name, shape]) => [name, shape.join('x')]);
    expect(shapes).to.deep.equal([
      ['shortcut', '28x28x512'],
      ['shortcutNorm', '28x28x512'],
      ['reduce', '28x28x128'],
      ['reduceNorm', '28x28x128'],
      ['relu', '28x28x128'],
      ['conv', '28x28x128'],
      ['convNorm', '28x28x128'],
      ['relu', '28x28x128'],
      ['expand', '28x28x512'],
      ['expandNorm', '28x28x512'],
    ]);
  });
});
