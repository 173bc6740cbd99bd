import { expect } from 'chai';
import fc from 'fast-check';
import { convGeometry, convOutputShape, effectiveKernelSize } from '../src/index';
import { convolutions, geometryOf } from '../testing/index';

/** Sizes along the vertical axis; the horizontal one is a single pixel under a single tap. */
interface Row {
  readonly size: number;
  readonly kernel: number;
  readonly stride?: number;
  readonly dilation?: number;
  readonly padding?: 'same' | 'valid' | readonly [before: number, after: number];
  readonly output: number;
  readonly before?: number;
  readonly after?: number;
}

const byHand: readonly Row[] = [
  { size: 5, kernel: 1, output: 5 },
  { size: 5, kernel: 3, output: 3 },
  { size: 5, kernel: 5, output: 1 },
  { size: 7, kernel: 3, stride: 2, output: 3 },
  { size: 8, kernel: 3, stride: 2, output: 3 },
  { size: 9, kernel: 3, stride: 2, output: 4 },
  { size: 5, kernel: 2, stride: 7, output: 1 },
  { size: 7, kernel: 3, dilation: 2, output: 3 },
  { size: 9, kernel: 3, dilation: 3, stride: 2, output: 2 },
  // 'same': ceil(size / stride), an odd pixel after
  { size: 5, kernel: 3, padding: 'same', output: 5, before: 1, after: 1 },
  { size: 5, kernel: 2, padding: 'same', output: 5, before: 0, after: 1 },
  { size: 5, kernel: 4, padding: 'same', output: 5, before: 1, after: 2 },
  { size: 6, kernel: 3, stride: 2, padding: 'same', output: 3, before: 0, after: 1 },
  { size: 5, kernel: 3, stride: 2, padding: 'same', output: 3, before: 1, after: 1 },
  { size: 5, kernel: 1, stride: 3, padding: 'same', output: 2, before: 0, after: 0 },
  { size: 7, kernel: 2, stride: 4, padding: 'same', output: 2, before: 0, after: 0 },
  { size: 2, kernel: 5, padding: 'same', output: 2, before: 2, after: 2 },
  { size: 5, kernel: 2, dilation: 3, padding: 'same', output: 5, before: 1, after: 2 },
  { size: 1, kernel: 7, padding: 'same', output: 1, before: 3, after: 3 },
  { size: 0, kernel: 1, padding: 'same', output: 0, before: 0, after: 0 },
  // explicit
  { size: 5, kernel: 3, padding: [2, 0], output: 5, before: 2, after: 0 },
  { size: 5, kernel: 3, padding: [0, 2], output: 5, before: 0, after: 2 },
  { size: 1, kernel: 3, padding: [3, 4], output: 6, before: 3, after: 4 },
  { size: 4, kernel: 2, stride: 3, padding: [1, 0], output: 2, before: 1, after: 0 },
  { size: 4, kernel: 2, dilation: 4, padding: [0, 1], output: 1, before: 0, after: 1 },
  { size: 0, kernel: 3, padding: [2, 2], output: 2, before: 2, after: 2 },
];

describe('convGeometry', () => {
  for (const { size, kernel, stride = 1, dilation = 1, padding = 'valid', ...row } of byHand) {
    const { output, before = 0, after = 0 } = row;
    const title =
      `${size} pixels under ${kernel} taps, stride ${stride}, dilation ${dilation}, ` +
      `padding ${JSON.stringify(padding)}`;
    it(`finds ${output} positions for ${title}, down and across`, () => {
      const pads = typeof padding === 'string' ? padding : ([padding, [0, 0]] as const);
      const down = convGeometry('conv2d', [1, size, 1, 1], [kernel, 1, 1, 1], {
        strides: [stride, 1],
        dilations: [dilation, 1],
        padding: pads,
      });
      expect(down.output).to.deep.equal({ height: output, width: 1, channels: 1 });
      expect(down.padding).to.deep.equal({ top: before, bottom: after, left: 0, right: 0 });
      const across = convGeometry('conv2d', [1, 1, size, 1], [1, kernel, 1, 1], {
        strides: [1, stride],
        dilations: [1, dilation],
        padding: typeof padding === 'string' ? padding : [[0, 0], padding],
      });
      expect(across.output).to.deep.equal({ height: 1, width: output, channels: 1 });
      expect(across.padding).to.deep.equal({ top: 0, bottom: 0, left: before, right: after });
    });
  }

  it('names every size of a convolution', () => {
    const geometry = convGeometry('conv2d', [2, 9, 8, 6], [3, 2, 2, 12], {
      strides: [2, 1],
      padding: 1,
      dilations: [1, 3],
      groups: 3,
    });
    expect(geometry).to.deep.equal({
      batch: 2,
      input: { height: 9, width: 8, channels: 6 },
      filter: { height: 3, width: 2 },
      output: { height: 5, width: 7, channels: 12 },
      strides: { vertical: 2, horizontal: 1 },
      dilations: { vertical: 1, horizontal: 3 },
      padding: { top: 1, bottom: 1, left: 1, right: 1 },
      groups: 3,
    });
    expect(convOutputShape(geometry)).to.deep.equal([2, 5, 7, 12]);
  });

  it('takes one number for both axes', () => {
    const x = [1, 12, 12, 1];
    const one = convGeometry('conv2d', x, [3, 3, 1, 1], { strides: 2, dilations: 3, padding: 1 });
    const two = convGeometry('conv2d', x, [3, 3, 1, 1], {
      strides: [2, 2],
      dilations: [3, 3],
      padding: [
        [1, 1],
        [1, 1],
      ],
    });
    expect(one).to.deep.equal(two);
  });

  it('lets the last window fit in the padded image, and one more not', () => {
    const cases = convolutions({ minBatch: 0 });
    fc.assert(
      fc.property(cases, (convolution) => {
        const { input, filter, output, strides, dilations, padding } = geometryOf(convolution);
        const last = (outputs: number, stride: number, reach: number): number =>
          (outputs - 1) * stride + reach;
        const reach = effectiveKernelSize(filter.height, dilations.vertical);
        const padded = padding.top + input.height + padding.bottom;
        expect(last(output.height, strides.vertical, reach)).to.be.at.most(padded);
        expect(last(output.height + 1, strides.vertical, reach)).to.be.above(padded);
        const width = effectiveKernelSize(filter.width, dilations.horizontal);
        const paddedWidth = padding.left + input.width + padding.right;
        expect(last(output.width, strides.horizontal, width)).to.be.at.most(paddedWidth);
        expect(last(output.width + 1, strides.horizontal, width)).to.be.above(paddedWidth);
      }),
    );
  });
});
