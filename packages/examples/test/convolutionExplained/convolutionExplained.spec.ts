import { expect } from 'chai';
import { convolutionExplained } from '../../src/convolutionExplained';
import { pngSize } from '../pictures';
import { runProgram, type Shown } from '../runProgram';

/** The cells of the row of a printed table that begins with `name`. */
const rowOf = (printed: string, name: string): string[] => {
  const row = printed.split('\n').find((line) => line.startsWith(`${name}  `));
  return (row ?? '').slice(name.length).trim().split(/\s+/);
};

describe('The program convolution-explained', function () {
  this.timeout(30_000);
  let shown: Shown;
  before(async () => (shown = await runProgram(convolutionExplained, {})));

  // Each worked out by hand: result, weights, multiply-adds and receptive field.
  const table = [
    // 26 * 26 * 32 results of 3 * 3 * 16 products; 3 * 3 * 16 * 32 weights and 32 biases.
    ['stride 1', '26x26x32', '4,640', '3,115,008', '3x3'],
    ['stride 2', '13x13x32', '4,640', '778,752', '3x3'],
    ['stride 4', '7x7x32', '4,640', '225,792', '3x3'],
    ['valid', '24x24x1', '26', '14,400', '5x5'],
    ['same', '28x28x1', '26', '19,600', '5x5'],
    ['padding 4', '32x32x1', '26', '25,600', '5x5'],
    ['five layers, valid', '8x8x1', '130', '36,000', '21x21'],
    // 28 * 28 * 192 * 32 * 25, and 28 * 28 * (192 * 16 + 16 * 32 * 25).
    ['5x5', '28x28x32', '153,600', '120,422,400', '5x5'],
    ['1x1 to 16, then 5x5', '28x28x32', '15,872', '12,443,648', '5x5'],
    // 3 * 3 * 64 * 32, and 3 * 3 * 64 + 64 * 32, at each of 56 * 56 places.
    ['convolution', '56x56x32', '18,432', '57,802,752', '3x3'],
    ['depthwise-separable', '56x56x32', '2,624', '8,228,864', '3x3'],
    ['dilation 4', '64x64x1', '10', '36,864', '9x9'],
    ['dilation 2, 2, 2', '64x64x1', '30', '110,592', '13x13'],
    ['dilation 1, 2, 4', '64x64x1', '30', '110,592', '15x15'],
    // 9 products at each of 32 * 32 + 16 * 16 + 8 * 8 places.
    ['stride 2, 2, 2', '8x8x1', '30', '12,096', '15x15'],
  ] as const;
  for (const [name, ...cells] of table) {
    it(`tells size, weights, products and receptive field of: ${name}`, () => {
      expect(rowOf(shown.printed, name)).to.deep.equal(cells);
    });
  }

  it('shows that separate channels are a convolution after all', () => {
    const [, difference] = /both kernels differs by (\S+)\.$/m.exec(shown.printed)!;
    expect(Number(difference)).to.be.below(1e-5);
  });

  it('draws what it explains', () => {
    const names = ['stride', 'stride-seen', 'padding', 'padding-seen', 'one-by-one', 'separable'];
    const files = [...names, 'dilation-seen'].map((name) => `${name}.png`);
    expect([...shown.files.keys()].sort()).to.deep.equal(files.sort());
    for (const [name, bytes] of shown.files) {
      expect(pngSize(bytes)[0], name).to.be.above(300);
    }
  });
});
